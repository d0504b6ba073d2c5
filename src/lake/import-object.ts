import { createGunzip } from 'node:zlib';

/**
 * The lines of an import object, in order, as it is being unpacked: a large day is never in memory unpacked.
 *
 * @param gzipped - the object as it is stored
 * @throws ImportObjectError when it is damaged or cut short: after the lines before the damage
 */
export async function* importLines(gzipped: Uint8Array): AsyncGenerator<string> {
  const gunzip = createGunzip();
  gunzip.end(gzipped);
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      let text: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      for (let end = text.indexOf(lineBreak); end >= 0; end = text.indexOf(lineBreak)) {
        yield text.toString('utf8', 0, end);
        text = text.subarray(end + 1);
      }
      rest = text;
    }
  } catch (error) {
    throw new ImportObjectError(error);
  } finally {
    gunzip.destroy();
  }
  if (rest.length > 0) throw new ImportObjectError('the last line has no end');
}

/** The object is no whole gzip file of whole lines. */
export class ImportObjectError extends Error {
  override readonly name = 'ImportObjectError';

  constructor(cause: unknown) {
    super(`damaged import object: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

const lineBreak = 0x0a;
