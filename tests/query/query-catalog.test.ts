import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseSavedQuery, SavedQueryError, savedQueries } from '../../src/query/query-catalog.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const header = '-- name: Messages per day\n-- description: How many messages each day had\n';

describe('saved query', () => {
  it('is the header values and the statement without its closing semicolon', () => {
    expect(parseSavedQuery('messages-per-day.sql', `${header}\nSELECT 1;\n`)).to.deep.equal({
      file: 'messages-per-day',
      name: 'Messages per day',
      description: 'How many messages each day had',
      sql: 'SELECT 1',
    });
  });

  it('has a description in Portuguese where the header has one', () => {
    const text = `${header}-- description pt: Quantas mensagens por dia\nSELECT 1`;
    expect(parseSavedQuery('a.sql', text)).to.include({
      description: 'How many messages each day had',
      portuguese: 'Quantas mensagens por dia',
    });
  });

  it('keeps comments inside the statement and leaves out other comments of the header', () => {
    const text = `${header}-- A note to the reader.\nSELECT 1 -- one\n-- and no more\n`;
    expect(parseSavedQuery('a.sql', text).sql).to.equal('SELECT 1 -- one\n-- and no more');
  });

  it('is the same with Windows line ends', () => {
    const text = `${header}SELECT 1,\n  2\n`;
    expect(parseSavedQuery('a.sql', text.replaceAll('\n', '\r\n'))).to.deep.equal(
      parseSavedQuery('a.sql', text),
    );
  });

  const malformed: [reason: RegExp, fileName: string, text: string][] = [
    [/kebab-case/, 'Messages_Per_Day.sql', `${header}SELECT 1`],
    [/"-- name: …", has 0/, 'a.sql', '-- description: d\nSELECT 1'],
    [/"-- name: …", has 2/, 'a.sql', `-- name: n\n${header}SELECT 1`],
    [/"-- description: …", has 0/, 'a.sql', '-- name: n\nSELECT 1'],
    [/"-- description: …", has 2/, 'a.sql', `${header}-- description: d\nSELECT 1`],
    [/"-- name:" is empty/, 'a.sql', '-- name:\n-- description: d\nSELECT 1'],
    [/"-- name: …", has 0/, 'a.sql', `\n${header}SELECT 1`],
    [/name is longer than 128/, 'a.sql', `-- name: ${'n'.repeat(129)}\n-- description: d\nSELECT 1`],
    [/description is longer than 1024/, 'a.sql', `-- name: n\n-- description: ${'d'.repeat(1025)}\nSELECT 1`],
    [/no SQL/, 'a.sql', header],
    [/no SQL/, 'a.sql', header.trimEnd()],
    [/longer than 262144 bytes/, 'a.sql', `${header}SELECT '${'é'.repeat(131_072)}'`],
  ];
  for (const [reason, fileName, text] of malformed) {
    it(`is refused with ${reason}: ${JSON.stringify(text.slice(0, 40))}`, () => {
      const parse = () => parseSavedQuery(fileName, text);
      expect(parse).to.throw(SavedQueryError, reason);
      expect(parse).to.throw(SavedQueryError, fileName);
    });
  }
});

describe('saved queries of a folder', () => {
  const folder = temporaryFolder();

  it('come sorted by file name, without other files', () => {
    writeFileSync(join(folder(), 'b.sql'), '-- name: First\n-- description: d\nSELECT 2');
    writeFileSync(join(folder(), 'a.sql'), '-- name: Second\n-- description: d\nSELECT 1');
    writeFileSync(join(folder(), 'README.md'), 'not a query');
    expect(savedQueries(folder()).map(({ file, sql }) => [file, sql])).to.deep.equal([
      ['a', 'SELECT 1'],
      ['b', 'SELECT 2'],
    ]);
  });

  it('are refused when two share a name', () => {
    for (const file of ['a.sql', 'b.sql']) writeFileSync(join(folder(), file), `${header}SELECT 1`);
    expect(() => savedQueries(folder())).to.throw(
      SavedQueryError,
      'b.sql: the name "Messages per day" is taken by a.sql',
    );
  });
});
