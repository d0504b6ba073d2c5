import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createParquetFile } from '../../src/etl/parquet-file.ts';
import { parquetStream } from '../../src/etl/parquet-stream.ts';
import { messageTable } from '../../src/lake/tables.ts';
import { nulls } from '../../tools/fixtures/message-rows.ts';
import { rejection } from '../support/rejection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('Parquet stream', () => {
  const folder = temporaryFolder();

  it('writes the bytes in order, whether or not a write is awaited', async () => {
    const path = join(folder(), 'file');
    const stream = await parquetStream(path);
    for (const text of ['one ', 'two ', 'three']) stream.write(Buffer.from(text), () => {});
    await new Promise((resolve) => stream.end(resolve));
    expect(readFileSync(path, 'utf8')).to.equal('one two three');
  });

  it('fails where the file cannot be made', async () => {
    expect(await rejection(parquetStream(join(folder(), 'none', 'file')))).to.have.property('code', 'ENOENT');
  });

  // Linux has a file of which every write finds the disk full.
  if (process.platform === 'linux') {
    it('reports a full disk to the caller that waits, never ends the process, and leaves no file open', async () => {
      const unhandled: unknown[] = [];
      const note = (reason: unknown) => unhandled.push(reason);
      process.on('unhandledRejection', note);
      try {
        const file = await createParquetFile('/dev/full', messageTable);
        await file.append(nulls);
        expect(await rejection(file.close())).to.have.property('code', 'ENOSPC');
        await new Promise(setImmediate);
        expect(unhandled).to.deep.equal([]);
        const open = readdirSync('/proc/self/fd').map((fd) => {
          try {
            return readlinkSync(`/proc/self/fd/${fd}`);
          } catch {
            return undefined;
          }
        });
        expect(open).to.not.include('/dev/full');
      } finally {
        process.off('unhandledRejection', note);
      }
    });
  }
});
