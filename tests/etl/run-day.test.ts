import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { localTime } from '../../src/base/local-day.ts';
import { type DaySummary, runDay } from '../../src/etl/run-day.ts';
import type { MessageRow } from '../../src/lake/columns.ts';
import { importLine } from '../../src/lake/import-line.ts';
import { daysOf } from '../../src/lake/lake.ts';
import { compact, enrichedKey, eventsKey, importKey, rawKey } from '../../src/lake/object-keys.ts';
import { eventTable } from '../../src/lake/tables.ts';
import { folderStore } from '../../src/storage/folder-store.ts';
import { type ObjectStore, StoreError } from '../../src/storage/object-store.ts';
import { noon, sentMessage, storeUpdate } from '../../tools/fixtures/updates.ts';
import { contentsOf } from '../support/contents.ts';
import { failingStore } from '../support/failing-store.ts';
import { parquetRows } from '../support/parquet-rows.ts';
import { rejection } from '../support/rejection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const day = '2026-11-22';
const zone = 'America/Sao_Paulo';

interface Sent {
  readonly updateId: number;
  readonly messageId: number;
  readonly second?: number;
  readonly editDate?: number;
  readonly text?: string;
  readonly chatId?: number;
}

describe('ETL of a day', () => {
  const folder = temporaryFolder();
  let raw: ObjectStore;
  let enriched: ObjectStore;
  beforeEach(() => {
    raw = folderStore(folder(), 'raw');
    enriched = folderStore(folder(), 'enriched');
  });

  const run = (options = {}): Promise<DaySummary> => runDay(day, { raw, enriched, ...options });
  const rows = async (): Promise<MessageRow[]> => parquetRows(await enriched.getObject(enrichedKey(day)));
  const texts = async () => (await rows()).map(({ text }) => text);

  async function send({
    updateId,
    messageId,
    second = 0,
    editDate,
    text = `m${messageId}`,
    chatId = -1001,
  }: Sent) {
    const message = sentMessage(messageId, { date: noon + second, chat: { id: chatId }, text });
    await storeUpdate(
      raw,
      editDate
        ? { update_id: updateId, edited_message: { ...message, edit_date: editDate } }
        : { update_id: updateId, message },
    );
  }

  it('writes one row a message, in the order of their sending', async () => {
    await send({ updateId: 5, messageId: 2, second: 1 });
    await send({ updateId: 9, messageId: 1, second: 0 });
    await send({ updateId: 7, messageId: 3, second: 1 });
    expect(await run()).to.include({ day, outcome: 'rebuilt', rows: 3, rawObjects: 3 });
    expect(await texts()).to.deep.equal(['m1', 'm2', 'm3']);
  });

  it('keeps the newest edit, wherever it stands in the listing', async () => {
    await send({ updateId: 30, messageId: 1, text: 'first' });
    await send({ updateId: 20, messageId: 1, editDate: noon + 200, text: 'last' });
    await send({ updateId: 10, messageId: 1, editDate: noon + 100, text: 'second' });
    await send({ updateId: 31, messageId: 1, chatId: -1002, text: 'same id, another chat' });
    expect(await run()).to.deep.include({ rows: 2, rawObjects: 4, skipped: { superseded: 2 } });
    expect(await texts()).to.deep.equal(['same id, another chat', 'last']);
  });

  it('leaves a day alone whose raw objects are those its file was made of', async () => {
    await send({ updateId: 1, messageId: 1 });
    await run();
    const before = await enriched.headObject(enrichedKey(day));
    expect(await run()).to.include({ outcome: 'unchanged', rows: 1, rawObjects: 1 });
    await send({ updateId: 1, messageId: 1 });
    expect(await run()).to.include({ outcome: 'unchanged' });
    expect(await enriched.headObject(enrichedKey(day))).to.deep.equal(before);
  });

  it('rebuilds a day when an object comes, changes or goes, and when forced', async () => {
    await send({ updateId: 1, messageId: 1 });
    await send({ updateId: 2, messageId: 2, second: 1 });
    await run();
    await send({ updateId: 3, messageId: 1, editDate: noon + 86_400 * 2, text: 'edited two days later' });
    expect(await run()).to.include({ outcome: 'rebuilt', rows: 2 });
    await send({ updateId: 2, messageId: 2, second: 1, text: 'other bytes' });
    expect(await run()).to.include({ outcome: 'rebuilt' });
    await raw.deleteObject(rawKey(noon + 1, 2, zone));
    expect(await run()).to.include({ outcome: 'rebuilt', rows: 1 });
    expect(await run({ force: true })).to.include({ outcome: 'rebuilt', rows: 1 });
    expect(await texts()).to.deep.equal(['edited two days later']);
  });

  it('notes fingerprint, rows, schema version and checksum on the file', async () => {
    await send({ updateId: 1, messageId: 1 });
    const { sizeBytes } = await run();
    const head = await enriched.headObject(enrichedKey(day));
    const events = await enriched.headObject(eventsKey(day));
    expect((head?.sizeBytes ?? 0) + (events?.sizeBytes ?? 0)).to.equal(sizeBytes);
    const bytes = await enriched.getObject(eventsKey(day));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(events?.metadata).to.deep.equal({ ...head?.metadata, 'row-count': '0', sha256 });
    expect(head?.metadata).to.have.keys('fingerprint', 'row-count', 'schema-version', 'sha256');
    expect(head?.metadata['row-count']).to.equal('1');
  });

  it('writes nothing for a day without raw objects, and takes away the file of one that has none any more', async () => {
    expect(await run()).to.include({ outcome: 'empty', rows: 0 });
    expect(await contentsOf(enriched)).to.deep.equal({});
    await send({ updateId: 1, messageId: 1 });
    await run();
    await raw.deleteObject(rawKey(noon, 1, zone));
    expect(await run()).to.include({ outcome: 'removed' });
    expect(await contentsOf(enriched)).to.deep.equal({});
  });

  it('writes a file without rows for a day without messages, so that it is not built again', async () => {
    const reaction = { update_id: 1, message_reaction: { chat: { id: -1001 }, message_id: 1, date: noon } };
    await raw.putObject(rawKey(noon, 1, zone), Buffer.from(JSON.stringify(reaction)));
    expect(await run()).to.deep.include({ outcome: 'rebuilt', rows: 0, events: 1, skipped: {} });
    expect(await rows()).to.deep.equal([]);
    expect(await run()).to.include({ outcome: 'unchanged' });
  });

  describe('with events', () => {
    const events = async () => parquetRows(await enriched.getObject(eventsKey(day)), eventTable);
    const put = (second: number, updateId: number, update: object) =>
      raw.putObject(
        rawKey(noon + second, updateId, zone),
        Buffer.from(JSON.stringify({ update_id: updateId, ...update })),
      );
    const chat = { id: -1001234567890, type: 'supergroup' };
    const press = {
      callback_query: { id: '1', from: { id: 11 }, data: 'yes', message: { message_id: 1, chat } },
    };

    it('reads each raw object once, and writes messages and events of one reading', async () => {
      const read: string[] = [];
      const counting: ObjectStore = {
        ...failingStore(raw, () => false),
        getObject(key) {
          read.push(key);
          return raw.getObject(key);
        },
      };
      await send({ updateId: 1, messageId: 1 });
      await put(1, 2, press);
      const keys = await Array.fromAsync(raw.listObjects(''));
      expect(await runDay(day, { raw: counting, enriched })).to.include({ rows: 1, events: 1 });
      expect(read).to.deep.equal(keys.map(({ key }) => key));
    });

    it('counts an update without a date once, which was delivered twice and so lies under two keys', async () => {
      await put(0, 7, press);
      await put(40, 7, press);
      await put(40, 8, press);
      expect(await run()).to.deep.include({ events: 2, skipped: { repeated: 1 } });
      expect((await events()).map(({ update_id, arrived_at }) => [update_id, arrived_at])).to.deep.equal([
        [7, '2026-11-22 12:00:00'],
        [8, '2026-11-22 12:00:40'],
      ]);
    });

    it('takes joins from the version of a service message that is kept, once, of webhook and import', async () => {
      const joined = {
        ...sentMessage(5, { chat, date: noon }),
        new_chat_members: [{ id: 12, first_name: 'Bia' }],
      };
      const { text: _, ...message } = joined;
      await put(0, 1, { message });
      await put(0, 2, { edited_message: { ...message, edit_date: noon + 5 } });
      const line = importLine(
        {
          updateId: null,
          kind: 'message',
          payload: { ...message, new_chat_members: [{ first_name: 'Bia B' }] },
          second: '20261122120000',
        },
        '{}',
      );
      await raw.putObject(importKey(day, chat.id), gzipSync(`${line}\n`));
      expect(await run()).to.include({ rows: 1, events: 1 });
      const [event] = await events();
      expect(event).to.include({
        event: 'joined',
        user_id: 12,
        message_id: 5,
        update_id: 2,
        source: 'webhook',
      });
    });

    it('takes the reactions of an exported message, although the webhook brought the message itself', async () => {
      await send({ updateId: 1, messageId: 5, chatId: chat.id });
      const payload = { message_id: 5, date: noon, chat, text: 'm5' };
      const exported = {
        id: 5,
        date: '2026-11-22T12:00:00',
        date_unixtime: String(noon),
        reactions: [
          {
            type: 'emoji',
            emoji: '👍',
            count: 4,
            recent: [{ from: 'Ana', from_id: 'user11', date: '2026-11-23T09:30:00' }],
          },
        ],
      };
      const line = importLine(
        { updateId: null, kind: 'message', payload, second: '20261122120000' },
        JSON.stringify(exported),
      );
      await raw.putObject(importKey(day, chat.id), gzipSync(`${line}\n`));
      expect(await run()).to.deep.include({ rows: 1, events: 2, skipped: { superseded: 1 } });
      const [counted, added] = await events();
      expect(counted).to.include({ event: 'reactions_counted', reaction: '👍', amount: 4, date: noon });
      expect(added).to.include({
        event: 'reaction_added',
        user_id: 11,
        user_first_name: 'Ana',
        message_id: 5,
      });
      expect(added?.date).to.equal(noon + 21.5 * 3600);
    });

    it('rebuilds when one of the two files is missing, or was built from other raw objects', async () => {
      await put(0, 7, press);
      await run();
      for (const key of [eventsKey(day), enrichedKey(day)]) {
        await enriched.deleteObject(key);
        expect(await run()).to.include({ outcome: 'rebuilt', events: 1 });
        expect(await run()).to.include({ outcome: 'unchanged', rows: 0, events: 1 });
      }
      const older = { key: eventsKey(day), bytes: await enriched.getObject(eventsKey(day)) };
      const metadata = (await enriched.headObject(older.key))?.metadata;
      await put(1, 8, press);
      await run();
      await enriched.putObject(older.key, older.bytes, { ...(metadata && { metadata }) });
      expect(await run()).to.include({ outcome: 'rebuilt', events: 2 });
    });

    it('takes the messages away last, so that a day of which half was removed is still found', async () => {
      await put(0, 7, press);
      await run();
      await raw.deleteObject(rawKey(noon, 7, zone));
      const broken: ObjectStore = {
        ...failingStore(enriched, () => false),
        deleteObject: (key) =>
          key === enrichedKey(day)
            ? Promise.reject(new StoreError('delete', key, new Error('EIO')))
            : enriched.deleteObject(key),
      };
      expect(await rejection(run({ enriched: broken }))).to.be.instanceOf(StoreError);
      expect(await daysOf({ raw, enriched, timeZone: zone })).to.deep.equal([day]);
      expect(Object.keys(await contentsOf(enriched))).to.deep.equal([enrichedKey(day)]);
      expect(await run()).to.include({ outcome: 'removed' });
    });

    it('takes both files away with the last raw object', async () => {
      await put(0, 7, press);
      await run();
      await raw.deleteObject(rawKey(noon, 7, zone));
      await enriched.deleteObject(enrichedKey(day));
      expect(await run()).to.include({ outcome: 'removed' });
      expect(await contentsOf(enriched)).to.deep.equal({});
    });
  });

  it('skips, counts and names raw objects that cannot be read, and does the rest of the day', async () => {
    await send({ updateId: 2, messageId: 2 });
    const notUtf8 = '{"update_id":1,"message":{"message_id":9,"date":1,"chat":{"id":-1},"text":"\xff"}}';
    for (const [updateId, body] of ['', '{', 'null', '{"update_id":1}', '\u0000', notUtf8].entries()) {
      await raw.putObject(rawKey(noon, 100 + updateId, zone), Buffer.from(body, 'latin1'));
    }
    const unreadable: string[] = [];
    const summary = await run({ onUnreadable: (key: string) => unreadable.push(key) });
    expect(summary).to.deep.include({ rows: 1, rawObjects: 7, skipped: { unreadable: 6 } });
    expect(unreadable).to.deep.equal(Array.from({ length: 6 }, (_, n) => rawKey(noon, 100 + n, zone)));
  });

  it('keeps messages of an impossible date, once each, behind those that have their second', async () => {
    await send({ updateId: 1, messageId: 1 });
    const put = (updateId: number, kind: string, date: number, text: string, second: number) => {
      const message = { message_id: 50, date, chat: { id: -1001 }, text };
      const body = JSON.stringify({ update_id: updateId, [kind]: message });
      return raw.putObject(rawKey(noon + second, updateId, zone), Buffer.from(body));
    };
    // Filed by their arrival: the same message twice, then its edit, which cannot be told to be of this day.
    await put(2, 'message', -1, 'of 1969', -7);
    await put(3, 'message', -1, 'of 1969', -5);
    await put(4, 'edited_message', -1, 'edited', -3);
    // The clock of the machine was two days behind.
    await put(5, 'message', noon + 2 * 86_400, 'dated by Telegram', -1);
    const { skipped } = await run();
    expect(skipped).to.deep.equal({ 'no date': 1, superseded: 2 });
    expect((await rows()).map(({ date, text }) => [date, text])).to.deep.equal([
      [noon, 'm1'],
      [noon + 2 * 86_400, 'dated by Telegram'],
    ]);
  });

  it('fails, and leaves the file as it was, when an object cannot be fetched', async () => {
    await send({ updateId: 1, messageId: 1 });
    await run();
    await send({ updateId: 2, messageId: 2 });
    const broken = failingStore(raw, (key) => key === rawKey(noon, 2, zone));
    const failure = await runDay(day, { raw: broken, enriched }).catch((error) => error);
    expect(failure).to.be.instanceOf(StoreError);
    expect(await texts()).to.deep.equal(['m1']);
  });

  it('rebuilds next time when an update arrives while the day is read', async () => {
    await send({ updateId: 1, messageId: 1 });
    const late: ObjectStore = {
      ...failingStore(raw, () => false),
      async getObject(key) {
        const bytes = await raw.getObject(key);
        await send({ updateId: 2, messageId: 2, second: 1 });
        return bytes;
      },
    };
    await runDay(day, { raw: late, enriched });
    await run();
    expect(await texts()).to.deep.equal(['m1', 'm2']);
    expect(await run()).to.include({ outcome: 'unchanged' });
  });

  describe('with import objects', () => {
    const importLines = (...sent: Partial<Sent>[]) =>
      sent.map(({ messageId = 0, second = 0, text = `i${messageId}`, chatId = -1001, editDate }) => {
        const message = { message_id: messageId, date: noon + second, chat: { id: chatId }, text };
        return importLine(
          {
            updateId: null,
            kind: 'message',
            payload: { ...message, ...(editDate && { edit_date: editDate }) },
            second: compact(localTime(noon + second, zone)),
          },
          '{}',
        );
      });
    const putImport = (lines: readonly string[], chatId = -1001) =>
      raw.putObject(importKey(day, chatId), gzipSync(lines.map((line) => `${line}\n`).join('')));

    beforeEach(async () => {
      await send({ updateId: 1, messageId: 2, second: 2, chatId: -1001234567890 });
    });

    it('merges their lines with the updates, each message once', async () => {
      const chatId = -1001234567890;
      await putImport(importLines(...[1, 2, 3].map((n) => ({ messageId: n, second: n, chatId }))), chatId);
      await putImport(importLines({ messageId: 9, second: 2 }));
      expect(await run()).to.deep.include({ rows: 4, rawObjects: 3, skipped: { superseded: 1 } });
      expect(await texts()).to.deep.equal(['i1', 'm2', 'i9', 'i3']);
      expect((await rows()).map(({ source }) => source)).to.deep.equal([
        'import',
        'webhook',
        'import',
        'import',
      ]);
    });

    it('gives a day of imported messages alone, and leaves it alone until they change', async () => {
      await raw.deleteObject(rawKey(noon + 2, 1, zone));
      await putImport(importLines({ messageId: 1 }));
      expect(await run()).to.include({ outcome: 'rebuilt', rows: 1 });
      expect(await run()).to.include({ outcome: 'unchanged', rows: 1, rawObjects: 1 });
      await putImport(importLines({ messageId: 1, text: 'other' }));
      expect(await run()).to.include({ outcome: 'rebuilt', rows: 1 });
      expect(await texts()).to.deep.equal(['other']);
    });

    it('skips damaged lines, and lines out of order, and does the rest', async () => {
      const lines = importLines(...[1, 3, 2, 4].map((n) => ({ messageId: n, second: n })));
      await putImport([...lines, 'not JSON', '{"source":"import"}']);
      const unreadable: string[] = [];
      const summary = await run({ onUnreadable: (key: string) => unreadable.push(key) });
      expect(summary).to.deep.include({ rows: 4, skipped: { unreadable: 3 } });
      expect(unreadable).to.deep.equal([importKey(day, -1001)]);
      expect(await texts()).to.deep.equal(['i1', 'm2', 'i3', 'i4']);
    });

    it('keeps the lines before the damage of an object that cannot be unpacked', async () => {
      const lines = importLines(
        ...Array.from({ length: 5_000 }, (_, n) => ({ messageId: n + 1, second: n })),
      );
      const gzipped = gzipSync(`${lines.join('\n')}\n`);
      await raw.putObject(importKey(day, -1001), gzipped.subarray(0, gzipped.length / 2));
      await raw.putObject(importKey(day, -1002), Buffer.from('no gzip'));
      const { rows: count, skipped } = await run();
      expect(count).to.be.within(1_000, 4_500);
      expect(skipped).to.deep.equal({ unreadable: 2 });
    });

    it('rebuilds next time when an import object is replaced while the day is read', async () => {
      await putImport(importLines({ messageId: 1 }));
      const late: ObjectStore = {
        ...failingStore(raw, () => false),
        async getObject(key) {
          const bytes = await raw.getObject(key);
          if (key === importKey(day, -1001)) await putImport(importLines({ messageId: 1, text: 'replaced' }));
          return bytes;
        },
      };
      await runDay(day, { raw: late, enriched });
      expect(await texts()).to.deep.equal(['i1', 'm2']);
      expect(await run()).to.include({ outcome: 'rebuilt' });
      expect(await texts()).to.deep.equal(['replaced', 'm2']);
    });
  });

  it('gives the same rows whatever the order of delivery, and however often each update comes', async () => {
    const sent = fc.record({
      updateId: fc.integer({ min: 1, max: 1_000_000 }),
      messageId: fc.integer({ min: 1, max: 6 }),
      editDate: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
      text: fc.string({ unit: 'binary' }),
    });
    const updates = fc.uniqueArray(sent, { selector: ({ updateId }) => updateId, maxLength: 12 });
    let lakeNumber = 0;
    await fc.assert(
      fc.asyncProperty(updates, fc.integer(), async (all, seed) => {
        const lakes = [
          all,
          [...all, ...all].sort((a, b) => ((a.updateId * seed) % 7) - ((b.updateId * seed) % 7)),
        ];
        const results = [];
        for (const deliveries of lakes) {
          const lake = `${folder()}/${++lakeNumber}`;
          raw = folderStore(lake, 'raw');
          enriched = folderStore(lake, 'enriched');
          for (const { editDate, ...rest } of deliveries) {
            await send({ ...rest, second: rest.messageId, ...(editDate && { editDate }) });
          }
          await run();
          results.push(all.length > 0 ? await rows() : []);
        }
        expect(results[1]).to.deep.equal(results[0]);
        expect(results[0]).to.have.length(new Set(all.map(({ messageId }) => messageId)).size);
      }),
      { numRuns: 25 },
    );
  });
});
