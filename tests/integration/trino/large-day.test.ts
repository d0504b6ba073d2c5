import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import fc from 'fast-check';
import { readAhead } from '../../../src/base/async/read-ahead.ts';
import type { Day } from '../../../src/base/local-day.ts';
import { fillWithDemoGroup } from '../../../src/demo/fill-demo.ts';
import { athenaDay } from '../../../src/etl/athena/athena-day.ts';
import { type DaySummary, runDay } from '../../../src/etl/run-day.ts';
import type { MessageRow } from '../../../src/lake/columns.ts';
import type { EventRow } from '../../../src/lake/event-columns.ts';
import { importLine } from '../../../src/lake/import-line.ts';
import { createLake } from '../../../src/lake/lake.ts';
import { dayPrefix, enrichedKey, eventsKey, importKey, rawKey } from '../../../src/lake/object-keys.ts';
import { deletedObject, replyObject, sentObject, shownObject } from '../../../src/lake/sent-object.ts';
import { eventTable } from '../../../src/lake/tables.ts';
import type { ObjectStore } from '../../../src/storage/object-store.ts';
import { s3Parts } from '../../../src/storage/s3/s3-parts.ts';
import { s3Store } from '../../../src/storage/s3/s3-store.ts';
import { allowedUpdates } from '../../../src/telegram/allowed-updates.ts';
import { createStack, type Outputs } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { withEnvironment } from '../../support/environment.ts';
import { hostileUpdates } from '../../support/hostile-update.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { parquetRows } from '../../support/parquet-rows.ts';
import { rejection } from '../../support/rejection.ts';
import { groupDay } from '../group/group-day.ts';
import { day as groupsDay, timeZone as groupsZone } from '../group/post.ts';
import { functionConfiguration } from '../stack/stack-parts.ts';
import { hostileBodies } from './hostile-updates.ts';

const zone = 'America/Sao_Paulo';
const chatId = -1001234567890;
const noonOf = (day: Day) => Date.parse(`${day}T15:00:00Z`) / 1000;

/** What one way of building a day gives. */
interface Built {
  readonly summary: DaySummary;
  readonly unreadable: readonly string[];
  readonly rows: readonly MessageRow[];
  readonly file: Uint8Array;
  readonly events: readonly EventRow[];
  readonly eventFile: Uint8Array;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  readonly queries: readonly string[];
}

describe('large day, by Athena and by the function', () => {
  let raw: ObjectStore;
  let s3: S3Client;
  let athena: AthenaClient;
  let database: string;
  let outputs: Outputs;

  before(async () => {
    const { account } = startedEngines();
    const parameters = { FirstDay: '2026-10-01', AthenaEtlFrom: '1' };
    outputs = await createStack(account, 'large-days', { parameters });
    s3 = new S3Client({ ...account.clientSettings, forcePathStyle: true });
    athena = new AthenaClient(account.clientSettings);
    database = outputs.DatabaseName ?? '';
    raw = s3Store(s3, outputs.RawBucketName ?? '');
  });

  async function build(
    day: Day,
    way: 'athena' | 'function',
    enriched: ObjectStore = new MemoryStore(),
    force = false,
  ): Promise<Built> {
    const unreadable: string[] = [];
    const queries: string[] = [];
    const scaleOut = athenaDay({
      athena,
      workGroup: 'large-days-etl',
      database,
      fromObjects: 1,
      open: (location) => s3Parts(s3, location, 10_000),
      onQuery: (_, id) => queries.push(id),
      pauseMs: 50,
    });
    const summary = await runDay(day, {
      raw,
      enriched,
      force,
      onUnreadable: (key) => unreadable.push(key),
      ...(way === 'athena' && { scaleOut }),
    });
    const file = await enriched.getObject(enrichedKey(day));
    const eventFile = await enriched.getObject(eventsKey(day));
    const metadata = (await enriched.headObject(enrichedKey(day)))?.metadata;
    return {
      summary: { ...summary, milliseconds: 0 },
      unreadable: unreadable.sort(),
      rows: await parquetRows(file),
      file,
      events: await parquetRows(eventFile, eventTable),
      eventFile,
      metadata,
      queries,
    };
  }

  async function expectSame(day: Day): Promise<Built> {
    const [own, theirs] = [await build(day, 'function'), await build(day, 'athena')];
    expect(theirs.queries).to.have.length(1);
    // First those that only one way gives: whole days are too long to be shown beside one another.
    expect(missing(theirs.rows, own.rows), 'only by Athena').to.deep.equal([]);
    expect(missing(own.rows, theirs.rows), 'only by the function').to.deep.equal([]);
    expect(theirs.rows).to.deep.equal(own.rows);
    expect(missing(theirs.events, own.events), 'events only by Athena').to.deep.equal([]);
    expect(missing(own.events, theirs.events), 'events only by the function').to.deep.equal([]);
    expect(Buffer.compare(theirs.eventFile, own.eventFile)).to.equal(0);
    expect(theirs.summary).to.deep.equal(own.summary);
    expect(theirs.unreadable).to.deep.equal(own.unreadable);
    expect(theirs.metadata).to.deep.equal(own.metadata);
    expect(Buffer.compare(theirs.file, own.file)).to.equal(0);
    return own;
  }

  async function putAll(objects: readonly (readonly [key: string, body: Uint8Array])[]): Promise<void> {
    for await (const _ of readAhead(objects, ([key, body]) => raw.putObject(key, body), 32));
  }

  it('is the same for the demo group: every kind of update that it has', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'telegram-lake-large-'));
    try {
      const lake = createLake(folder, zone);
      await fillWithDemoGroup(lake);
      const byDay = new Map<string, string[]>();
      for await (const { key } of lake.raw.listObjects('telegram/')) {
        const prefix = key.slice(0, dayPrefix('2026-01-01').length);
        byDay.set(prefix, [...(byDay.get(prefix) ?? []), key]);
      }
      const [[prefix, keys] = ['', []]] = [...byDay].sort((a, b) => b[1].length - a[1].length);
      expect(keys.length).to.be.greaterThan(100);
      await putAll(await Promise.all(keys.map(async (key) => [key, await lake.raw.getObject(key)] as const)));
      const { summary } = await expectSame(prefix.slice(-11, -1));
      expect(summary.events).to.be.greaterThan(5);
      expect(summary.skipped).to.include.keys('superseded');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is the same for updates as nobody should send them', async () => {
    const day = '2026-10-02';
    const bodies = Object.entries(hostileBodies(noonOf(day)));
    await putAll(bodies.map(([, body], index) => [rawKey(noonOf(day), index + 1, zone), Buffer.from(body)]));
    const { summary, rows } = await expectSame(day);
    expect(summary.rawObjects).to.equal(bodies.length);
    expect(rows.length).to.be.greaterThan(50);
    expect(summary.skipped).to.include.keys('unreadable', 'no identity', 'no date');
    const words = rows.map(({ content_text }) => content_text).filter((text) => text !== null);
    expect(words).to.include.members([
      'Qual "dia"? 🙂\nSábado\nDomin\ngo',
      'Lista\npão',
      'Instalar\nprimeiro',
    ]);
    expect(words).to.include.members(['Avisos', 'Dados 2']).and.have.length(5);
  });

  it('is the same for edits, redeliveries and imported messages: each message once', async () => {
    const day = '2026-10-03';
    const noon = noonOf(day);
    const message = (id: number, text?: string, more = {}) => ({
      message_id: id,
      date: noon,
      chat: { id: chatId, type: 'supergroup' },
      text,
      ...more,
    });
    const updates: [updateId: number, kind: string, payload: object][] = [
      [11, 'message', message(1, 'first')],
      [30, 'edited_message', message(1, 'second edit', { edit_date: noon + 90 })],
      [25, 'edited_message', message(1, 'first edit', { edit_date: noon + 60 })],
      [12, 'message', message(2, 'sent twice')],
      [13, 'message', message(2, 'sent twice')],
      [14, 'edited_message', message(3, 'a reaction', { edit_date: noon + 60 })],
      [15, 'edited_message', message(3, 'another reaction', { edit_date: noon + 60 })],
      [16, 'message', message(4, 'the import has an edit that was missed')],
      [17, 'message', message(5, 'the import has it, too')],
      [18, 'message', message(7, undefined, { migrate_from_chat_id: -4012345678 })],
      [19, 'message', { ...message(9, undefined), chat: { id: -4012345678 }, migrate_to_chat_id: chatId }],
    ];
    for (const [updateId, kind, payload] of updates) {
      const body = JSON.stringify({ update_id: updateId, [kind]: payload });
      await raw.putObject(rawKey(noon, updateId, zone), Buffer.from(body));
    }
    const lines = [
      message(4, 'edited', { edit_date: noon + 99 }),
      message(5, 'the import has it, too'),
      message(6, 'only the import has it'),
    ].map((payload) =>
      importLine({ updateId: null, kind: 'message', payload, second: '20261003120000' }, '{}'),
    );
    await raw.putObject(importKey(day, chatId), gzipSync(`${lines.join('\n')}\nno import\n`));

    const { rows } = await expectSame(day);
    expect(rows.map(({ text, content_type, source }) => `${source}: ${text ?? content_type}`)).to.deep.equal([
      'webhook: second edit',
      'webhook: sent twice',
      'webhook: another reaction',
      'import: edited',
      'webhook: the import has it, too',
      'import: only the import has it',
      'webhook: migrate_from_chat_id',
      'webhook: migrate_to_chat_id',
    ]);
  });

  it('is the same for every kind of update that the Bot API knows, with the rows that it must have', async () => {
    const { posts, rows: expected } = groupDay(200);
    expect(posts.map(({ kind }) => kind)).to.include.members([...allowedUpdates]);
    await putAll(
      posts.map(({ body, stored }, index) => [
        // Those of no chat would not be stored, but both ways read them all the same.
        typeof stored === 'object' ? stored.key : rawKey(noonOf(groupsDay), index, groupsZone),
        oneLine(body),
      ]),
    );
    const { rows } = await expectSame(groupsDay);
    expect(rows).to.have.deep.members(expected);
  });

  it('is the same whatever the updates hold, and whatever befell their bytes', async () => {
    const day = '2026-10-04';
    const sentAt = [noonOf(day), noonOf(day) + 1];
    const bodies = fc.sample(hostileUpdates({ chatIds: [chatId, -42], sentAt }), {
      numRuns: 1_000,
      seed: 20261004,
    });
    // The ingest stores none of white space alone.
    const lines = bodies.map(oneLine).filter((line) => Buffer.from(line).toString().trim() !== '');
    await putAll(lines.map((line, index) => [rawKey(noonOf(day) + (index % 2), index, zone), line]));
    const { summary } = await expectSame(day);
    expect(summary.rows).to.be.greaterThan(30);
    expect(summary.skipped).to.include.keys('unreadable', 'no identity', 'superseded');
  });

  it('is the same for what bots report that they have sent, and edited, and deleted', async () => {
    const day = '2026-10-05';
    const at = noonOf(day);
    const message = (message_id: number, fields = {}) =>
      JSON.stringify({
        message_id,
        date: at,
        chat: { id: chatId, type: 'supergroup' },
        from: { id: 99, is_bot: true, first_name: 'Bot' },
        text: 'Oi "você"',
        ...fields,
      });
    const sent = (text: string, kind: 'message' | 'channel_post' = 'message') =>
      sentObject({ kind, text }, { handled: true, intent: 'greeting' });
    const objects: [name: string, text: string][] = [
      ['sent_1', sent(message(1))],
      ['sent_1_9', sent(message(1, { edit_date: at + 9, text: 'edited' }))],
      ['sent_2', sent(message(2), 'channel_post')],
      ['shown_1', shownObject({ kind: 'message', text: message(1, { text: 'shown' }) })],
      ['shown_12', shownObject({ kind: 'message', text: message(12) })],
      [
        'shown_12_9',
        shownObject({ kind: 'message', text: message(12, { edit_date: at + 9, text: 'later' }) }),
      ],
      ['sent_3', sent(message(3, { date: 0 }))],
      ['sent_4', sent('{"message_id":"x","chat":{"id":-1}}')],
      ['sent_5', sent('{"message_id":5,"chat":{"id":"x"}}')],
      ['sent_10', `{"source":"sent","message":${message(10)},"handled":"no","intent":5}`],
      ['sent_11', `{"source":"sent","message":${message(11)},"handled":false,"intent":"\\ud800"}`],
      ['sent_6', '{"source":"sent"}'],
      ['sent_7', '{"source":["sent"],"message":{"message_id":7,"chat":{"id":-1}}}'],
      ['deleted_1', deletedObject({ chatId, messageIds: [1] }, at)],
      ['reply_1', replyObject({ chatId, text: '{"method":"sendMessage","text":"x"}' }, at)],
      ['000000000001', `{"update_id":1,"source":"sent","message":${message(8)}}`],
      ['000000000002', `{"update_id":2,"source":"Sent","message":${message(9)}}`],
    ];
    const second = rawKey(at, 0, zone).replace(/[^-]*\.json$/, '');
    await putAll(objects.map(([name, text]) => [`${second}${name}.json`, Buffer.from(text)]));
    const { rows } = await expectSame(day);
    expect(rows.map(({ message_id, source, text }) => [message_id, source, text])).to.have.deep.members([
      [1, 'sent', 'edited'],
      [2, 'sent', 'Oi "você"'],
      [3, 'sent', 'Oi "você"'],
      [8, 'sent', 'Oi "você"'],
      [9, 'webhook', 'Oi "você"'],
      [10, 'sent', 'Oi "você"'],
      [12, 'reply', 'later'],
      [11, 'sent', 'Oi "você"'],
    ]);
    expect(
      rows.map(({ message_id, handled, intent }) => [message_id, handled, intent]),
    ).to.include.deep.members([
      [1, true, 'greeting'],
      [8, null, null],
      [9, null, null],
      [10, null, null],
    ]);
  });

  it('is computed once by a run that is tried again', async () => {
    const day = '2026-10-03';
    const first = await build(day, 'athena');
    expect((await build(day, 'athena')).queries).to.deep.equal(first.queries);
    await raw.putObject(rawKey(noonOf(day), 99, zone), Buffer.from('{"update_id":99,"poll":{}}'));
    expect((await build(day, 'athena')).queries).not.to.deep.equal(first.queries);
  });

  it('is handed over by the function itself, as the template sets it up', async () => {
    const day = '2026-10-02';
    const { account } = startedEngines();
    const { Environment } = await functionConfiguration(account, outputs.EtlFunctionName ?? '');
    const context = { awsRequestId: 'a-request', getRemainingTimeInMillis: () => 60_000 };
    const { result, output } = await withEnvironment(
      { ...Environment.Variables, ...account.environment },
      async () => {
        // Named apart, since settings are read once, when a module is loaded.
        const { handler } = await import(`../../../src/${'etl/etl-handler.ts'}?stack=large-days`);
        return capturedOutput<{ days: DaySummary[] }>(() => handler({ days: [day] }, context));
      },
    );
    expect(output).to.contain('Athena computes the day');
    expect(result.days[0]).to.include({ outcome: 'rebuilt' });
    const enriched = s3Store(s3, outputs.EnrichedBucketName ?? '');
    const { file } = await build(day, 'function');
    expect(Buffer.compare(await enriched.getObject(enrichedKey(day)), file)).to.equal(0);
  });

  it('fails before FirstDay, where Athena sees nothing, and keeps its file', async () => {
    const day = '2026-09-30';
    await raw.putObject(rawKey(noonOf(day), 1, zone), Buffer.from('{"update_id":1,"poll":{}}'));
    const enriched = new MemoryStore();
    const { file } = await build(day, 'function', enriched);
    const error = await rejection(build(day, 'athena', enriched, true));
    expect(error.message).to.contain('0 of 1 raw objects').and.contain('FirstDay');
    expect(await enriched.getObject(enrichedKey(day))).to.deep.equal(file);
  });
});

/** As the ingest stores it. */
function oneLine(body: Uint8Array): Uint8Array {
  return body.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte));
}

/** The rows that are not among the others. */
function missing(rows: readonly object[], others: readonly object[]): string[] {
  const known = new Set(others.map((row) => JSON.stringify(row)));
  return rows.map((row) => JSON.stringify(row)).filter((row) => !known.has(row));
}
