import { createHash } from 'node:crypto';
import { type ObjectStore, objectOrNone } from '../storage/object-store.ts';

/** The metadata of an enriched file that holds its SHA-256, in hexadecimal digits. */
export const checksumName = 'sha256';

/**
 * Whether an enriched file holds other bytes than were written: a disk lost some, or somebody wrote over it. Of a file
 * without a checksum only what every Parquet file begins and ends with is looked at.
 *
 * @throws StoreError
 */
export async function isDamaged(enriched: ObjectStore, key: string): Promise<boolean> {
  for (;;) {
    const head = await enriched.headObject(key);
    const bytes = head && (await objectOrNone(enriched, key));
    if (!bytes) return false;
    const noted = head.metadata[checksumName];
    const isWhole = noted === undefined ? isParquet(bytes) : noted === digestOf(bytes);
    // Replaced while it was read: looked at again.
    if (isWhole || (await enriched.headObject(key))?.etag === head.etag) return !isWhole;
  }
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** @see https://parquet.apache.org/docs/file-format/ */
function isParquet(bytes: Uint8Array): boolean {
  const magic = (from: number) => Buffer.from(bytes.subarray(from, from + 4)).toString('latin1') === 'PAR1';
  return bytes.length >= 12 && magic(0) && magic(bytes.length - 4);
}
