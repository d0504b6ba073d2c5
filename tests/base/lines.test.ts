import { expect } from 'chai';
import fc from 'fast-check';
import { wholeLines } from '../../src/base/lines.ts';
import { rejection } from '../support/rejection.ts';

describe('whole lines', () => {
  it('are those of the text, wherever it is cut', async () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ''));
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 7 }), async (lines, pieceBytes) => {
        const text = Buffer.from(lines.map((each) => `${each}\n`).join(''));
        expect(await Array.fromAsync(wholeLines(pieces(text, pieceBytes)))).to.deep.equal(
          lines.map((each) => each.toWellFormed()),
        );
      }),
    );
  });

  it('come before the error that the text was cut short', async () => {
    const seen: string[] = [];
    const reading = (async () => {
      for await (const line of wholeLines(pieces(Buffer.from('a\nb\nc'), 2))) seen.push(line);
    })();
    expect((await rejection(reading)).message).to.contain('no end');
    expect(seen).to.deep.equal(['a', 'b']);
  });
});

async function* pieces(bytes: Buffer, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
}
