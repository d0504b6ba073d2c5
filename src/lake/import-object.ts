import { createGunzip } from 'node:zlib';
import { wholeLines } from './whole-lines.ts';

/**
 * The lines of an import object, in order, as it is being unpacked: a large day is never in memory unpacked.
 *
 * @param gzipped - the object as it is stored
 * @throws ImportObjectError when it is damaged or cut short: after the lines before the damage
 */
export async function* importLines(gzipped: Uint8Array): AsyncGenerator<string> {
  const gunzip = createGunzip();
  gunzip.end(gzipped);
  try {
    yield* wholeLines(gunzip);
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
