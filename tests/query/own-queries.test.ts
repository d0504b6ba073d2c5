import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ownQueries } from '../../src/query/own-queries.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('ownQueries', () => {
  const folder = temporaryFolder();

  it('has no queries where there is no folder', () => {
    expect(ownQueries(join(folder(), 'none'), [])).to.deep.equal({ queries: [], faults: [] });
  });

  it('takes any file with SQL by its name, and says what is wrong with the others', () => {
    const files: Record<string, string | Buffer> = {
      'Minha consulta.SQL': '-- Quem escreve mais\r\nSELECT 1;\r\n',
      'described.sql': '-- name: Described\n-- description: What it answers\nSELECT 2',
      'plain.sql': 'SELECT 3',
      'empty.sql': '-- nothing yet\n',
      'latin1.sql': Buffer.from("SELECT 'ol\u00e1'", 'latin1'),
      'busiest-hour.sql': 'SELECT 4',
      'notes.txt': 'no SQL',
      '.hidden.sql': 'SELECT 5',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder(), name), text);
    mkdirSync(join(folder(), 'folder.sql'));
    const { queries, faults } = ownQueries(folder(), ['busiest-hour']);
    expect(queries.map(({ file, description, sql }) => [file, description, sql])).to.deep.equal([
      ['Minha consulta', 'Quem escreve mais', '-- Quem escreve mais\nSELECT 1'],
      ['described', 'What it answers', '-- name: Described\n-- description: What it answers\nSELECT 2'],
      ['plain', '', 'SELECT 3'],
    ]);
    expect(faults).to.have.members([
      'empty.sql: has no SQL',
      'latin1.sql: is not UTF-8; save it again in this encoding',
      'busiest-hour.sql: the project has a saved query of this name; rename the file',
      'folder.sql: cannot be read (EISDIR)',
    ]);
  });
});
