/**
 * The lines of a text that comes in pieces, each as soon as it is whole, without their line breaks.
 *
 * @param pieces - of UTF-8, cut anywhere
 * @throws Error after the last whole line when more comes behind it: the text was cut short
 */
export async function* wholeLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const lines of batchesOfLines(pieces)) yield* lines;
}

/** The same lines, in the batches that a chunk completes: quicker for callers that need not wait between lines. */
export async function* batchesOfLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  // Of a line that is not whole yet. Kept apart: to join them at each piece would take a long line's length squared.
  let beginning: Buffer[] = [];
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const end = bytes.lastIndexOf(lineBreak) + 1;
    if (end > 0) {
      const text = Buffer.concat([...beginning, bytes.subarray(0, end)]);
      yield text.toString('utf8', 0, text.length - 1).split('\n');
      beginning = [];
    }
    if (end < bytes.length) beginning.push(bytes.subarray(end));
  }
  if (beginning.length > 0) throw new Error('the last line has no end');
}

/** Lines as a text that comes in pieces, each line with a line break. */
export async function* textOf(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  let piece: string[] = [];
  let characters = 0;
  for await (const line of lines) {
    piece.push(line, '\n');
    characters += line.length + 1;
    if (characters < pieceCharacters) continue;
    yield Buffer.from(piece.join(''));
    piece = [];
    characters = 0;
  }
  if (piece.length > 0) yield Buffer.from(piece.join(''));
}

const lineBreak = 0x0a;
const pieceCharacters = 65_536;
