import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ParquetWriter } from '@dsnp/parquetjs';
import { expect } from 'chai';
import { parquetSchema } from '../../src/etl/parquet-file.ts';
import { addToGroup, rowsInGroup } from '../../src/etl/parquet-row-group.ts';
import { columns } from '../../src/lake/columns.ts';
import { message } from '../../tools/fixtures/message-rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('row group of the Parquet library', () => {
  const folder = temporaryFolder();
  const rows = [
    message({ text: 'first' }),
    message({ message_id: 2, text: 'olá', user_username: 'ana', edit_date: 1795402799 }),
    message({ message_id: 2 ** 53 - 1, user_id: null, user_is_bot: null, is_forward: true, text: '' }),
  ];
  const openWriter = (name: string) => ParquetWriter.openFile(parquetSchema(columns), join(folder(), name));

  it('makes the same file, to the byte, of rows that addToGroup and that the library itself added', async () => {
    const [library, own] = [await openWriter('library'), await openWriter('own')];
    for (const row of rows) await library.appendRow({ ...row });
    await own.appendRow({ ...rows[0] });
    for (const row of rows.slice(1)) expect(addToGroup(own, columns, row)).to.equal(true);
    expect([rowsInGroup(own), rowsInGroup(library)]).to.deep.equal([3, 3]);
    expect(Object.keys(own.rowBuffer)).to.deep.equal(Object.keys(library.rowBuffer));
    await Promise.all([library.close(), own.close()]);
    const [ours, theirs] = [readFileSync(join(folder(), 'own')), readFileSync(join(folder(), 'library'))];
    expect(Buffer.compare(ours, theirs)).to.equal(0);
  });

  it('is not touched by addToGroup before the library has begun it', async () => {
    const writer = await openWriter('empty');
    expect([rowsInGroup(writer), addToGroup(writer, columns, message({}))]).to.deep.equal([undefined, false]);
    expect(writer.rowBuffer).to.deep.equal({});
    await writer.close();
  });

  it('is known in version 1.8.9: before another is used, compare how it writes pages and ends row groups', () => {
    const file = new URL('../../node_modules/@dsnp/parquetjs/package.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8')).version).to.equal('v1.8.9');
  });
});
