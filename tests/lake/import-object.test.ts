import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { textOf } from '../../src/base/lines.ts';
import { digestOf, ImportObjectError, importLines, writeImportObject } from '../../src/lake/import-object.ts';
import { iterationError, rejection } from '../support/rejection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('import object', () => {
  const folder = temporaryFolder();
  const write = async (lines: readonly string[], name = 'object') => {
    const path = join(folder(), name);
    return { digest: await writeImportObject(textOf(lines), path), bytes: readFileSync(path) };
  };
  const read = async (bytes: Uint8Array) => (await Array.fromAsync(importLines(bytes))).flat();

  it('gives back the lines that were written', async () => {
    const line = fc
      .string({ unit: 'binary', maxLength: 40 })
      .map((text) => text.replaceAll(/[\n\uD800-\uDFFF]/g, ''));
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        const { digest, bytes } = await write(lines);
        expect(await read(bytes)).to.deep.equal(lines);
        expect(digest.lines).to.equal(lines.length);
        expect(await digestOf(bytes)).to.deep.equal(digest);
      }),
      { numRuns: 30 },
    );
  });

  it('gives back more lines than fit in a piece', async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) => `${n} é 😮`);
    expect(await read((await write(lines)).bytes)).to.deep.equal(lines);
  });

  it('is the same for the same lines: it tells neither time nor system', async () => {
    const [first, second] = [await write(['a', 'b'], '1'), await write(['a', 'b'], '2')];
    expect(first).to.deep.equal(second);
    expect([...first.bytes.subarray(0, 10)]).to.deep.equal([31, 139, 8, 0, 0, 0, 0, 0, 0, 255]);
    expect(gunzipSync(first.bytes).toString()).to.equal('a\nb\n');
  });

  it('tells of damage, after the lines before it', async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) => `line ${n}`);
    const { bytes } = await write(lines);
    const seen: string[] = [];
    const half = async () => {
      for await (const some of importLines(bytes.subarray(0, bytes.length / 2))) seen.push(...some);
    };
    expect(await rejection(half())).to.be.instanceOf(ImportObjectError);
    expect(seen.length).to.be.within(5_000, 15_000);
    expect(seen).to.deep.equal(lines.slice(0, seen.length));
  });

  for (const [fact, bytes] of [
    ['no gzip', Buffer.from('{"a":1}')],
    ['empty', Buffer.alloc(0)],
    ['without an end to its last line', gzipSync('a\nb')],
  ] as const) {
    it(`is damaged when it is ${fact}`, async () => {
      expect(await iterationError(importLines(bytes))).to.be.instanceOf(ImportObjectError);
    });
  }
});
