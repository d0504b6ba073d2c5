import { readAhead } from '../base/async/read-ahead.ts';
import type { JsonObject } from '../base/json.ts';
import type { Day } from '../base/local-day.ts';
import { dayOfPrefix, isImportKey, quarantinePrefix, tablePrefix } from '../lake/object-keys.ts';
import { type ObjectEntry, type ObjectStore, objectOrNone } from '../storage/object-store.ts';
import { erasureOf, type ObjectErasure } from './erasure-of.ts';
import { searchFor } from './person-search.ts';
import { namesOf } from './without-person.ts';

/** All that erasing a person changes in a lake. */
export interface ErasurePlan {
  /** Of raw objects that are to be deleted or replaced, with the day of each: null for those in quarantine. */
  readonly changes: readonly { readonly key: string; readonly day: Day | null }[];
  /** Updates and imported messages of the person. */
  readonly deleted: number;
  /** Updates and imported messages of others that show the person, or what they wrote. */
  readonly redacted: number;
  readonly quarantined: number;
  /** Raw objects that cannot be read, in full or in part, and may mention the person. They stay. */
  readonly unreadable: readonly string[];
  /** Names under which changed objects show the person's id, usernames with `@`, and how often. */
  readonly names: ReadonlyMap<string, number>;
  /** The import objects that were looked at, with their ETags. */
  readonly imports: ReadonlyMap<string, string>;
}

export interface PlanOptions {
  readonly userId: number;
  /** Full names, and usernames with `@`, that stand for the person where there is no id. */
  readonly names: ReadonlySet<string>;
  /** Only import objects that are not as an earlier plan has seen them: an import has written them since. */
  readonly since?: Pick<ErasurePlan, 'imports'>;
  /** Told of the days that were looked through, and of how many there are. */
  readonly onProgress?: (days: number, total: number) => void;
}

const readsAtOnce = 64;

/**
 * Looks through every raw object of a lake for a person, and changes nothing.
 *
 * @throws StoreError
 */
export async function planErasure(
  raw: ObjectStore,
  { userId, names, since, onProgress }: PlanOptions,
): Promise<ErasurePlan> {
  const search = searchFor(userId, names);
  const changes: { key: string; day: Day | null }[] = [];
  const unreadable: string[] = [];
  const seen = new Map<string, number>();
  const imports = new Map<string, string>();
  let [deleted, redacted, quarantined] = [0, 0, 0];

  const onChanged = (value: JsonObject) => {
    for (const name of new Set(namesOf(value, search.person))) seen.set(name, (seen.get(name) ?? 0) + 1);
  };
  async function inspect({
    key,
    etag,
  }: ObjectEntry): Promise<{ key: string; erasure: ObjectErasure | undefined }> {
    if (isImportKey(key)) imports.set(key, etag);
    if (since && (!isImportKey(key) || since.imports.get(key) === etag)) return { key, erasure: undefined };
    const body = await objectOrNone(raw, key);
    const erasure = body && (await erasureOf(key, body, search, { onChanged }));
    return { key, erasure };
  }

  const folders = await Array.fromAsync(raw.listFolders(tablePrefix));
  for (const [index, folder] of folders.entries()) {
    for await (const { key, erasure } of readAhead(raw.listObjects(folder), inspect, readsAtOnce)) {
      if (!erasure) continue;
      deleted += erasure.deleted;
      redacted += erasure.redacted;
      if (erasure.unreadable) unreadable.push(key);
      if (erasure.outcome !== 'keep') changes.push({ key, day: dayOfPrefix(folder) ?? null });
    }
    onProgress?.(index + 1, folders.length);
  }
  const isTheirs = async ({ key }: ObjectEntry) => ({
    key,
    tells: search.tells(Buffer.from((await objectOrNone(raw, key)) ?? []).toString('utf8')),
  });
  const inQuarantine = since ? [] : raw.listObjects(quarantinePrefix);
  for await (const { key, tells } of readAhead(inQuarantine, isTheirs, readsAtOnce)) {
    if (!tells) continue;
    quarantined += 1;
    changes.push({ key, day: null });
  }
  return { changes, deleted, redacted, quarantined, unreadable, names: seen, imports };
}
