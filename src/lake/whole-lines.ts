/**
 * The lines of a text that comes in pieces, each as soon as it is whole, without their line breaks.
 *
 * @param pieces - of UTF-8, cut anywhere
 * @throws Error after the last whole line when more comes behind it: the text was cut short
 */
export async function* wholeLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let text: Buffer = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    for (let end = text.indexOf(lineBreak); end >= 0; end = text.indexOf(lineBreak)) {
      yield text.toString('utf8', 0, end);
      text = text.subarray(end + 1);
    }
    rest = text;
  }
  if (rest.length > 0) throw new Error('the last line has no end');
}

const lineBreak = 0x0a;
