import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { DayStage } from '../../src/import/day-stage.ts';
import { changesOf, type DayChange, placeChanges } from '../../src/import/place-history.ts';
import { type History, readHistory, UnknownExportError } from '../../src/import/read-history.ts';
import { readImportLine } from '../../src/lake/import-line.ts';
import { importKey } from '../../src/lake/object-keys.ts';
import { type ObjectStore, StoreError } from '../../src/storage/object-store.ts';
import { JsonDamageError } from '../../src/telegram/export/json-scanner.ts';
import { chatExport, exported, exportedKinds, group, noon } from '../../tools/fixtures/desktop-export.ts';
import { failingStore } from '../support/failing-store.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { iterationError, rejection } from '../support/rejection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const day = '2026-11-22';
const chatId = -1001234567890;
const old = -4012345678;
const shift = 1_000_000_000;

describe('history', () => {
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
  }

  async function read(text: string, options: Options = {}) {
    const path = join(folder(), `${++run}`);
    mkdirSync(path);
    writeFileSync(join(path, 'result.json'), text);
    const stage = new DayStage(path);
    const history = await readHistory(join(path, 'result.json'), stage, {
      timeZone: 'America/Sao_Paulo',
      exportTimeZone: options.exportTimeZone ?? 'America/Sao_Paulo',
      wants: () => true,
      migratedFrom: () => options.migratedFrom,
      withoutForgotten: (line) => (line.includes(`user${options.forgotten}`) ? undefined : line),
    });
    return { history, stage, folder: path };
  }

  async function importText(
    text: string,
    options: Options = {},
  ): Promise<{ history: History; changes: DayChange[] }> {
    const staged = await read(text, options);
    const changes = await changesOf({ ...staged, raw });
    for await (const _ of placeChanges(changes, raw));
    return { history: staged.history, changes };
  }
  const importMessages = (messages: readonly object[], options: Options = {}) =>
    importText(chatExport(messages), options);
  const outcomes = ({ changes }: { changes: DayChange[] }) =>
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
    expect(history).to.include({ messages: messages.length + 1, repaired: 1, localDates: 0, unplaced: 0 });
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

  it('is taken from the newer export, and keeps messages that only the older one has', async () => {
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
    expect(before.history.unplaced).to.equal(1);
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
      exported(3, { date_unixtime: '0', date: '' }),
    ]);
    expect(history).to.deep.include({
      messages: 1,
      skipped: { 'not supported by Telegram Desktop': 2, 'no date': 1 },
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

  it('puts nothing when the file is damaged or cut short', async () => {
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
    const staged = await read(chatExport(messages));
    const failing = failingStore(raw, (key) => key === importKey('2026-11-23', chatId));
    const changes = await changesOf({ ...staged, raw });
    expect(await iterationError(placeChanges(changes, failing))).to.be.instanceOf(StoreError);
    expect(outcomes(await importMessages(messages)).map(([, , outcome]) => outcome)).to.include('new');
    expect(await keys()).to.have.length(3);
  });
});
