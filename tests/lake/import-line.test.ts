import { expect } from 'chai';
import { importLine, importLineChange, readImportLine } from '../../src/lake/import-line.ts';

const payload = { message_id: 7, date: 1795402799, chat: { id: -1001 }, text: 'a\nb' };
const second = '20261122235959';

describe('import line', () => {
  it('is one line, shaped like an update, with the exported message beside it', () => {
    const line = importLine({ updateId: null, kind: 'message', payload, second }, '{"id":7,"x":1.50}');
    expect(line).to.equal(
      '{"source":"import","second":"20261122235959",' +
        '"message":{"message_id":7,"date":1795402799,"chat":{"id":-1001},"text":"a\\nb"},"export":{"id":7,"x":1.50}}',
    );
  });

  for (const kind of ['message', 'channel_post'] as const) {
    it(`is read as the ${kind} it was made of`, () => {
      const line = importLine({ updateId: null, kind, payload, second }, '{}');
      const isEditCertain = kind === 'message';
      expect(readImportLine(line)).to.deep.equal({
        updateId: null,
        kind,
        payload,
        chatId: -1001,
        second,
        exported: {},
        isEditCertain,
      });
    });
  }

  it('is nothing else', () => {
    const good = importLine({ updateId: null, kind: 'message', payload, second }, '{}');
    const others = [
      '',
      '[]',
      'null',
      good.slice(1),
      good.replace('import', 'webhook'),
      good.replace('2026', ''),
      good.replace('-1001', '"x"'),
    ];
    for (const other of others) expect(readImportLine(other), other).to.equal(undefined);
  });

  it('knows an edit from a reaction by what was exported', () => {
    const certain = (exported: string) =>
      readImportLine(importLine({ updateId: null, kind: 'message', payload, second }, exported))
        ?.isEditCertain;
    expect(certain('{"edited_unixtime":"5"}')).to.equal(true);
    expect(certain('{"reactions":[]}')).to.equal(true);
    expect(certain('{"reactions":[{"count":1}]}')).to.equal(false);
  });

  it('tells when its message was last changed, whatever was exported', () => {
    const line = (fields: object, exported = '{}') =>
      importLine({ updateId: null, kind: 'message', payload: { ...payload, ...fields }, second }, exported);
    expect(importLineChange(line({ edit_date: 1795402800 }))).to.equal(1795402800);
    expect(importLineChange(line({}, '{"edit_date":5}'))).to.equal(0);
    expect(importLineChange(line({ text: '","edit_date":5,"' }))).to.equal(0);
    expect(importLineChange('')).to.equal(0);
  });
});
