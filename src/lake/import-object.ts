import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip, gunzipSync } from 'node:zlib';
import { batchesOfLines } from '../base/lines.ts';

/**
 * The lines of an import object, in order, some at a time as it is being unpacked: a large day is never in memory
 * unpacked.
 *
 * @param gzipped - the object as it is stored
 * @throws ImportObjectError when it is damaged or cut short: after the lines before the damage
 */
export async function* importLines(gzipped: Uint8Array): AsyncGenerator<string[]> {
  const text = unpackedAtOnce(gzipped);
  if (text?.endsWith('\n')) return yield text.slice(0, -1).split('\n');
  try {
    yield* batchesOfLines(unpack(gzipped));
  } catch (error) {
    throw error instanceof ImportObjectError ? error : new ImportObjectError(error);
  }
}

/** The text of a small object, in a third of the time that a stream takes; undefined where it is large or damaged. */
function unpackedAtOnce(gzipped: Uint8Array): string | undefined {
  if (gzipped.length > smallBytes) return undefined;
  try {
    return gunzipSync(gzipped, { maxOutputLength: 16 * smallBytes }).toString('utf8');
  } catch {
    return undefined;
  }
}

const smallBytes = 2 ** 18;

async function* unpack(gzipped: Uint8Array): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  gunzip.end(gzipped);
  try {
    yield* gunzip;
  } catch (error) {
    throw new ImportObjectError(error);
  } finally {
    gunzip.destroy();
  }
}

/** The object is no whole gzip file of whole lines. */
export class ImportObjectError extends Error {
  override readonly name = 'ImportObjectError';

  constructor(cause: unknown) {
    super(`damaged import object: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** The lines of an import object, whatever packed them. */
export interface LinesDigest {
  readonly lines: number;
  readonly sha256: string;
}

/**
 * Packs lines into an import object, as a file. The same lines give the same bytes: it carries neither time nor name.
 *
 * @param text - pieces of any length; each line ends with a line break
 */
export async function writeImportObject(text: AsyncIterable<Buffer>, path: string): Promise<LinesDigest> {
  const digest = linesDigest();
  await pipeline(
    text,
    async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        digest.add(piece);
        yield piece;
      }
    },
    createGzip(),
    withoutOperatingSystem,
    createWriteStream(path),
  );
  return digest.result();
}

/**
 * What `writeImportObject` answered of an object that is already there.
 *
 * @throws ImportObjectError when it is damaged
 */
export async function digestOf(gzipped: Uint8Array): Promise<LinesDigest> {
  const digest = linesDigest();
  for await (const piece of unpack(gzipped)) digest.add(piece);
  return digest.result();
}

function linesDigest() {
  const hash = createHash('sha256');
  let lines = 0;
  return {
    add(piece: Buffer): void {
      hash.update(piece);
      for (let at = piece.indexOf(lineBreak); at >= 0; at = piece.indexOf(lineBreak, at + 1)) lines += 1;
    },
    result: (): LinesDigest => ({ lines, sha256: hash.digest('hex') }),
  };
}

const lineBreak = 0x0a;

/** The tenth byte of a gzip file names the system it was made on; 255 means unknown. */
async function* withoutOperatingSystem(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let position = 0;
  for await (const chunk of chunks) {
    const index = 9 - position;
    if (index >= 0 && index < chunk.length) chunk[index] = 255;
    position += chunk.length;
    yield chunk;
  }
}
