import type { Day } from '../../base/local-day.ts';
import { isDamaged } from '../../etl/file-checksum.ts';
import type { LocalLake } from '../../lake/lake.ts';
import { printable } from '../../query/result-format.ts';
import { StoreError } from '../../storage/object-store.ts';

/**
 * The enriched files that answers of this process lack now, since they are damaged: keys, each with its lake's folder
 * before it. What such a command prints is not the whole, so it ends with 1.
 */
export const leftOut = new Set<string>();

/** The ETags that were compared with their checksums: a file need not be read twice. */
const whole = new Map<string, string>();

/** Whether answers must do without an enriched file of a lake, which is then said on stderr, once. */
export async function mustDoWithout(lake: LocalLake, key: string): Promise<boolean> {
  const name = nameOf(lake, key);
  try {
    const etag = (await lake.enriched.headObject(key))?.etag ?? '';
    if (whole.get(name) !== etag) {
      if (await isDamaged(lake.enriched, key)) {
        tellLeftOut(lake, key);
        return true;
      }
      whole.set(name, etag);
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    tellLeftOut(lake, key);
    return true;
  }
  leftOut.delete(name);
  return false;
}

/** The days of a lake that answers of this process are without now, in order. */
export function daysLeftOut({ folder }: Pick<LocalLake, 'folder'>): Day[] {
  const names = [...leftOut].filter((name) => name.startsWith(`${folder}/enriched/`));
  return [...new Set(names.flatMap((name) => /\d{4}-\d\d-\d\d(?=\/[^/]+$)/.exec(name)?.[0] ?? []))].sort();
}

const nameOf = ({ folder }: LocalLake, key: string): string => `${folder}/enriched/${key}`;

/** Notes that answers are without an enriched file, and says it on stderr, once. */
export function tellLeftOut(lake: LocalLake, key: string): void {
  const name = nameOf(lake, key);
  if (leftOut.has(name)) return;
  leftOut.add(name);
  console.error(
    `telegram-lake: ${printable(name)} is damaged or cannot be read, so answers are without it. ` +
      `To rebuild it: npx telegram-lake etl --lake ${printable(lake.folder)}`,
  );
}
