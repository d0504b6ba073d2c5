import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { asObject } from '../../src/base/json.ts';
import { importHistory, UnfinishedImportError } from '../../src/import/import-history.ts';
import type { ImportPlan } from '../../src/import/plan-import.ts';
import { type ExportedHistory, UnknownExportError } from '../../src/import/read-export.ts';
import { readImportLine } from '../../src/lake/import-line.ts';
import type { Lake } from '../../src/lake/lake.ts';
import { importKey } from '../../src/lake/object-keys.ts';
import type { ObjectStore } from '../../src/storage/object-store.ts';
import { JsonDamageError } from '../../src/telegram/export/json-scanner.ts';
import {
  accountExport,
  chatExport,
  exported,
  exportedKinds,
  group,
} from '../../tools/fixtures/desktop-export.ts';
import { noon } from '../../tools/fixtures/updates.ts';
import { failingStore } from '../support/failing-store.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { rejection } from '../support/rejection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const day = '2026-11-22';
const chatId = -1001234567890;
const old = -4012345678;
const shift = 1_000_000_000;

describe('import of a history', () => {
  const folder = temporaryFolder();
  let raw: ObjectStore;
  let run: number;
  beforeEach(() => {
    raw = new MemoryStore();
    run = 0;
  });

  interface Options {
    readonly migratedFrom?: number;
    readonly forgotten?: number;
    readonly exportTimeZone?: string;
    readonly skipDamaged?: boolean;
    readonly isDryRun?: boolean;
    readonly to?: ObjectStore;
    /** Done when the first plan is made and before anything is written. */
    readonly meanwhile?: () => Promise<unknown>;
  }
  interface Imported extends ImportPlan {
    readonly history: ExportedHistory;
  }

  async function importText(text: string, options: Options = {}): Promise<Imported> {
    const path = join(folder(), `${++run}`);
    mkdirSync(path);
    writeFileSync(join(path, 'result.json'), text);
    const timeZone = 'America/Sao_Paulo';
    const lake = (store: ObjectStore): Lake => ({ raw: store, enriched: store, timeZone });
    let history: ExportedHistory | undefined;
    const plan = await importHistory({
      path: join(path, 'result.json'),
      folder: path,
      lake: lake(raw),
      openForWriting: options.isDryRun ? undefined : async () => lake(options.to ?? raw),
      exportTimeZone: options.exportTimeZone ?? timeZone,
      nowSeconds: noon + 30 * 86_400,
      wants: () => true,
      migratedFrom: () => options.migratedFrom,
      withoutForgotten: (line) => (line.includes(`user${options.forgotten}`) ? undefined : line),
      ...(options.skipDamaged && { skipDamaged: true }),
      onRead: (read) => {
        history = read;
      },
      onPlan: async () => {
        await options.meanwhile?.();
      },
      onProgress: () => {},
    });
    return { ...plan, history: history as ExportedHistory };
  }
  const importMessages = (messages: readonly object[], options: Options = {}) =>
    importText(chatExport(messages), options);
  const outcomes = ({ changes }: ImportPlan) =>
    changes.map(({ day, chatId, outcome, messages }) => [day, chatId, outcome, messages]);

  /** Ids and texts of the lines of an object, in order. */
  async function lines(key: string): Promise<[id: unknown, text: unknown][]> {
    const text = gunzipSync(await raw.getObject(key)).toString('utf8');
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => {
        const payload = readImportLine(line)?.payload;
        return [payload?.message_id, payload?.text];
      });
  }
  const keys = async () => (await Array.fromAsync(raw.listObjects(''))).map(({ key }) => key);

  it('becomes one object a chat and day, by the lake’s time zone, in the order of sending', async () => {
    const lastSecond = noon + 12 * 3600 - 1;
    const at = (id: number, seconds: number) => exported(id, { date_unixtime: String(seconds) });
    const result = await importMessages([at(3, lastSecond + 1), at(2, lastSecond), at(9, noon), at(1, noon)]);
    expect(outcomes(result)).to.deep.equal([
      [day, chatId, 'new', 3],
      ['2026-11-23', chatId, 'new', 1],
    ]);
    expect(await keys()).to.deep.equal([importKey(day, chatId), importKey('2026-11-23', chatId)]);
    expect(await lines(importKey(day, chatId))).to.deep.equal([
      [1, 'text 1'],
      [9, 'text 9'],
      [2, 'text 2'],
    ]);
  });

  it('keeps of each message all that the export told of it, repaired', async () => {
    const messages = exportedKinds.map(({ message }, index) => message(index + 1));
    const odd = exported(999, {
      text: 'bell \u0007',
      inline_bot_buttons: [[{ type: 'callback', data: '\u0001' }]],
    });
    const { history } = await importMessages([...messages, odd]);
    expect(history).to.include({
      messages: messages.length + 1,
      repaired: 1,
      localDates: 0,
      withoutGroup: 0,
    });
    const text = gunzipSync(await raw.getObject(importKey(day, chatId))).toString('utf8');
    const kept = text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).export);
    expect(kept).to.deep.equal([...messages, odd]);
  });

  it('changes nothing when it is imported again', async () => {
    const messages = [1, 2, 3].map((id) => exported(id));
    await importMessages(messages);
    const before = await Array.fromAsync(raw.listObjects(''));
    expect(outcomes(await importMessages(messages))).to.deep.equal([[day, chatId, 'unchanged', 3]]);
    expect(await Array.fromAsync(raw.listObjects(''))).to.deep.equal(before);
  });

  it('takes messages from the newer export, and keeps those that only the older one has', async () => {
    await importMessages([1, 2, 3].map((id) => exported(id)));
    const newer = [
      exported(1),
      exported(3, { text: 'edited', edited_unixtime: String(noon + 99) }),
      exported(4),
    ];
    expect(outcomes(await importMessages(newer))).to.deep.equal([[day, chatId, 'changed', 4]]);
    expect(await lines(importKey(day, chatId))).to.deep.equal([
      [1, 'text 1'],
      [2, 'text 2'],
      [3, 'edited'],
      [4, 'text 4'],
    ]);
    expect(outcomes(await importMessages(newer))).to.deep.equal([[day, chatId, 'unchanged', 4]]);
  });

  it('leaves days alone that a later export, of other days, does not touch', async () => {
    await importMessages([exported(1)]);
    const tomorrow = exported(2, { date_unixtime: String(noon + 86_400) });
    expect(outcomes(await importMessages([tomorrow]))).to.deep.equal([
      [day, chatId, 'unchanged', 1],
      ['2026-11-23', chatId, 'new', 1],
    ]);
  });

  it('moves messages to their right day when it is imported again with the right zone', async () => {
    const local = exported(1, { date_unixtime: undefined, date: '2026-11-22T23:30:00' });
    const wrong = await importMessages([local], { exportTimeZone: 'Asia/Tokyo' });
    expect(outcomes(wrong)).to.deep.equal([['2026-11-22', chatId, 'new', 1]]);
    expect(wrong.history.localDates).to.equal(1);
    const right = await importMessages([local], { exportTimeZone: 'America/Los_Angeles' });
    expect(outcomes(right)).to.deep.equal([
      ['2026-11-22', chatId, 'emptied', 0],
      ['2026-11-23', chatId, 'new', 1],
    ]);
    expect(await keys()).to.deep.equal([importKey('2026-11-23', chatId)]);
  });

  it('moves messages to the basic group once it is known', async () => {
    const messages = [exported(1, { id: 5 - shift }), exported(7)];
    const before = await importMessages(messages);
    expect(before.history.withoutGroup).to.equal(1);
    expect(await lines(importKey(day, chatId))).to.deep.equal([
      [5 - shift, 'text 1'],
      [7, 'text 7'],
    ]);
    const after = await importMessages(messages, { migratedFrom: old });
    expect(outcomes(after)).to.have.deep.members([
      [day, chatId, 'changed', 1],
      [day, old, 'new', 1],
    ]);
    expect(await lines(importKey(day, old))).to.deep.equal([[5, 'text 1']]);
    expect(
      outcomes(await importMessages(messages, { migratedFrom: old })).map(([, , outcome]) => outcome),
    ).to.deep.equal(['unchanged', 'unchanged']);
  });

  it('leaves out, and takes out, the messages of somebody who is forgotten', async () => {
    const messages = [exported(1, { from_id: 'user77' }), exported(2)];
    await importMessages(messages);
    const { history } = await importMessages(messages, { forgotten: 77 });
    expect(history.skipped).to.deep.equal({ forgotten: 1 });
    expect(await lines(importKey(day, chatId))).to.deep.equal([[2, 'text 2']]);
  });

  it('counts what cannot be imported, by reason', async () => {
    const unsupported = { id: 1, type: 'unsupported' };
    const { history } = await importMessages([
      unsupported,
      exported(2),
      unsupported,
      exported(3, { date_unixtime: '0', date: '1970-01-01T00:00:00' }),
    ]);
    expect(history).to.deep.include({
      messages: 1,
      skipped: { 'not supported by Telegram Desktop': 2, 'impossible date': 1 },
    });
  });

  it('replaces an earlier object that is damaged, as far as it can be read', async () => {
    await importMessages([1, 2].map((id) => exported(id)));
    const whole = gunzipSync(await raw.getObject(importKey(day, chatId)));
    await raw.putObject(importKey(day, chatId), gzipSync(whole).subarray(0, -8));
    expect(outcomes(await importMessages([exported(2), exported(3)]))[0]?.[2]).to.equal('changed');
    expect((await lines(importKey(day, chatId))).map(([id]) => id)).to.include.members([2, 3]);
    await raw.putObject(importKey(day, chatId), Buffer.from('no gzip'));
    expect(outcomes(await importMessages([exported(2)]))).to.deep.equal([[day, chatId, 'changed', 1]]);
  });

  it('writes nothing when the file is damaged or cut short', async () => {
    const text = chatExport([1, 2, 3].map((id) => exported(id)));
    expect(await rejection(importText(text.slice(0, -20)))).to.be.instanceOf(JsonDamageError);
    expect(await rejection(importText(text.replace('"id": 3', '"id": 3 3')))).to.be.instanceOf(
      JsonDamageError,
    );
    expect(await keys()).to.deep.equal([]);
  });

  it('refuses a chat of an unknown type', async () => {
    const text = chatExport([exported(1)], { ...group, type: 'a_type_of_tomorrow' });
    expect(await rejection(importText(text)))
      .to.be.instanceOf(UnknownExportError)
      .with.property('message')
      .that.contains('a_type_of_tomorrow');
  });

  it('does the rest when it is imported again after the store failed', async () => {
    const messages = [0, 1, 2].map((n) => exported(n + 1, { date_unixtime: String(noon + n * 86_400) }));
    const failing = failingStore(raw, (key) => key === importKey('2026-11-23', chatId));
    const error = await rejection(importText(chatExport(messages), { to: failing }));
    expect(error).to.be.instanceOf(UnfinishedImportError);
    expect(error.message).to.match(/of 3 days are stored\. Import again to store the rest$/);
    expect(outcomes(await importMessages(messages)).map(([, , outcome]) => outcome)).to.include('new');
    expect(await keys()).to.have.length(3);
  });

  describe('beside another import of the same days', () => {
    const of = (...ids: number[]) => ids.map((id) => exported(id));
    const nextDay = noon + 86_400;

    it('has the messages of both, in days that were new to both or had been imported before', async () => {
      const later = (id: number) => exported(id, { date_unixtime: String(nextDay + id) });
      await importMessages(of(1));
      const both = await importMessages([...of(2, 4), later(12)], {
        meanwhile: () => importMessages([...of(3, 5), later(11)]),
      });
      expect(outcomes(both)).to.deep.equal([
        [day, chatId, 'changed', 5],
        ['2026-11-23', chatId, 'changed', 2],
      ]);
      const ids = async (of: string) => (await lines(importKey(of, chatId))).map(([id]) => id);
      expect(await ids(day)).to.deep.equal([1, 2, 3, 4, 5]);
      expect(await ids('2026-11-23')).to.deep.equal([11, 12]);
    });

    it('still tells of the days that it wrote before it noticed, so that they are rebuilt', async () => {
      const later = exported(12, { date_unixtime: String(nextDay) });
      const both = await importMessages([...of(2), later], { meanwhile: () => importMessages(of(3)) });
      expect(both.changes.map(({ day }) => day)).to.deep.equal([day, '2026-11-23']);
    });

    it('leaves a day that the other one has filled, where it would have removed it', async () => {
      await importMessages(of(9));
      const moved = exported(9, { date_unixtime: String(nextDay) });
      await importMessages([moved], { meanwhile: () => importMessages(of(2)) });
      expect((await lines(importKey(day, chatId))).map(([id]) => id)).to.deep.equal([2]);
      expect((await lines(importKey('2026-11-23', chatId))).map(([id]) => id)).to.deep.equal([9]);
    });

    it('says so and ends, where the other ones never end', async () => {
      let id = 100;
      const busy: ObjectStore = new Proxy(raw, {
        get: (store, name: keyof ObjectStore) =>
          name === 'putObject'
            ? async (...args: Parameters<ObjectStore['putObject']>) => {
                await importMessages(of(id++));
                return store.putObject(...args);
              }
            : (store[name] as () => unknown).bind(store),
      });
      const error = await rejection(importMessages(of(2), { to: busy }));
      expect(error)
        .to.be.instanceOf(UnfinishedImportError)
        .with.property('message')
        .that.equals(
          'another import wrote the same days at the same time; 0 of 1 days are stored. Import again to store the rest',
        );
    });
  });

  it('writes nothing in a dry run', async () => {
    const dry = await importText(chatExport([exported(1)]), { isDryRun: true });
    expect(outcomes(dry)).to.deep.equal([[day, chatId, 'new', 1]]);
    expect(await keys()).to.deep.equal([]);
  });

  describe('that an earlier import has in part', () => {
    const edited = (id: number, text: string, after: number) =>
      exported(id, { text, edited_unixtime: String(noon + after) });
    const [older, newer] = [
      [edited(1, 'first edit', 60), exported(2, { from: 'Old name' }), exported(3), exported(5)],
      [edited(1, 'second edit', 90), exported(2, { from: 'New name' }), exported(4), exported(9)],
    ];
    const names = async () => {
      const text = gunzipSync(await raw.getObject(importKey(day, chatId))).toString('utf8');
      return text
        .split('\n')
        .slice(0, -1)
        .map((line) => asObject(readImportLine(line)?.payload.from)?.first_name);
    };

    for (const [fact, exports, kept] of [
      ['in their order', [older, newer], 0],
      ['the newer one first', [newer, older], 2],
    ] as const) {
      it(`keeps the newest version of each message, and all that only one has: ${fact}`, async () => {
        await importMessages(exports[0] ?? []);
        expect(await importMessages(exports[1] ?? [])).to.include({ kept });
        expect(await lines(importKey(day, chatId))).to.deep.equal([
          [1, 'second edit'],
          [2, 'text 2'],
          [3, 'text 3'],
          [4, 'text 4'],
          [5, 'text 5'],
          [9, 'text 9'],
        ]);
        expect((await names())[1]).to.equal('New name');
        for (const again of exports) {
          expect(outcomes(await importMessages(again)).map(([, , outcome]) => outcome)).to.deep.equal([
            'unchanged',
          ]);
        }
      });
    }

    it('keeps a newer version on its day, also where the export in hand would put it on another', async () => {
      const local = (fields: object) =>
        exported(1, { date_unixtime: undefined, date: '2026-11-22T23:30:00', ...fields });
      await importMessages([local({ text: 'edited', edited: '2026-11-23T10:00:00' })]);
      const again = await importMessages([local({})], { exportTimeZone: 'America/Los_Angeles' });
      expect(outcomes(again)).to.deep.equal([[day, chatId, 'unchanged', 1]]);
      expect(await lines(importKey(day, chatId))).to.deep.equal([[1, 'edited']]);
      expect(await keys()).to.have.length(1);
    });

    it('takes out somebody who is forgotten, whatever version the lake has', async () => {
      await importMessages([edited(1, 'edited', 90), exported(2, { from_id: 'user5' })]);
      await importMessages([exported(1), exported(2, { from_id: 'user5' })], { forgotten: 555123456 });
      expect(await lines(importKey(day, chatId))).to.deep.equal([[2, 'text 2']]);
    });
  });

  describe('that is damaged', () => {
    const whole = chatExport([1, 2, 3, 4].map((id) => exported(id)));
    const left = async (text: string) => {
      const { history } = await importText(text, { skipDamaged: true });
      const [first] = history.damage;
      return {
        ids: (await lines(importKey(day, chatId))).map(([id]) => id),
        damaged: history.skipped.damaged,
        beginning: first?.item?.beginning.replaceAll(/\s+/g, ' ').slice(0, 9),
      };
    };

    for (const [fact, text] of [
      ['a number too many', whole.replace('"id": 2,', '"id": 2 2,')],
      ['an escape that there is none of', whole.replace('"text 2"', String.raw`"text \u00zz 2"`)],
      ['a quote too few', whole.replace('"text 2"', 'text 2"')],
      ['a quote too many', whole.replace('"text 2"', '"text" 2"')],
      ['a bracket too few', whole.replace('"text_entities": [', '"text_entities": ')],
      ['a brace too few', whole.replace(/\n {2}\},\n {2}\{\n {3}"id": 3,/, ',\n  {\n   "id": 3,')],
      ['a line break in a string', whole.replace('text 2', 'text\n2')],
      ['zeros of a broken disk', whole.replace(/"from": "Ana Souza"(?=[^}]*text 2)/, '\0'.repeat(40))],
    ] as const) {
      it(`costs one message where it has ${fact}, and only when that is asked for`, async () => {
        const damagedId = fact === 'a bracket too few' ? 1 : 2;
        expect(await rejection(importText(text)), text.slice(0, 900)).to.be.instanceOf(JsonDamageError);
        expect(await keys()).to.deep.equal([]);
        expect(await left(text)).to.deep.equal({
          ids: [1, 2, 3, 4].filter((id) => id !== damagedId),
          damaged: 1,
          beginning: `{ "id": ${damagedId}`,
        });
      });
    }

    it('costs one message where all stands in one line', async () => {
      const line = JSON.stringify(JSON.parse(whole)).replace('"id":2,', '"id":2 2,');
      expect(await left(line)).to.include({ damaged: 1, beginning: '{"id":2 2' });
      expect((await lines(importKey(day, chatId))).map(([id]) => id)).to.deep.equal([1, 3, 4]);
    });

    it('costs the last message where that is damaged, or cut short', async () => {
      expect(await left(whole.replace('"text 4"', 'text 4"'))).to.include({ damaged: 1 });
      expect((await lines(importKey(day, chatId))).map(([id]) => id)).to.deep.equal([1, 2, 3]);
      expect(await left(whole.slice(0, whole.indexOf('text 4')))).to.deep.equal({
        ids: [1, 2, 3],
        damaged: 1,
        beginning: '{ "id": 4',
      });
    });

    it('is refused all the same where the damage is not in a message', async () => {
      for (const text of [whole.replace('"type": "private_supergroup"', '"type" "x"'), '<html>', '{"a":1}']) {
        expect(await rejection(importText(text, { skipDamaged: true })), text).to.be.instanceOf(
          JsonDamageError,
        );
      }
      expect(await keys()).to.deep.equal([]);
    });

    it('does not take messages of another chat for those of the damaged one', async () => {
      const account = accountExport([
        [group, [exported(1), exported(2)]],
        [{ ...group, id: 99 }, [exported(7)]],
      ]);
      const cut = account.replace(/\n {4}\]\n {3}\},\n {3}\{/, '\n   },\n   {');
      expect(cut).to.not.equal(account);
      expect(await rejection(importText(cut, { skipDamaged: true }))).to.be.instanceOf(JsonDamageError);
    });
  });

  it('reads an export whose names were sorted, also of an account', async () => {
    const sorted = (json: string) =>
      JSON.stringify(JSON.parse(json), (_, value) =>
        value && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
          : value,
      );
    await importText(sorted(chatExport([exported(1), exported(2)])));
    expect(await lines(importKey(day, chatId))).to.deep.equal([
      [1, 'text 1'],
      [2, 'text 2'],
    ]);
    const bia = { name: 'Bia', type: 'personal_chat', id: 77 };
    await importText(sorted(accountExport([[bia, [exported(3)]]])));
    expect(await lines(importKey(day, 77))).to.deep.equal([[3, 'text 3']]);
  });
});
