import { asInteger, asObject } from '../base/json.ts';
import { type Chats, includesChat } from '../lake/chats.ts';
import { migrationKey, migrationsPrefix } from '../lake/object-keys.ts';
import { ObjectNotFoundError, type ObjectStore, StoreError } from '../storage/object-store.ts';

/** A group that became a supergroup: one conversation, two chat ids. */
export interface Migration {
  readonly from: number;
  readonly to: number;
}

export interface MigratedChats {
  /** Whether updates of this chat are stored: it was configured, or an accepted chat became it. */
  accepts(chatId: number): Promise<boolean>;
  /** Accepts `to` from now on, here and everywhere. Answers the migration when it is news, else undefined. */
  remember(migration: Migration): Promise<Migration | undefined>;
}

/**
 * The chats whose updates are stored, growing with each migration seen.
 *
 * A migration is a small object in the raw bucket, so that every instance, now and after a redeploy, accepts the new
 * chat. Accepted chats are cached. Others are looked up each time: a "no" remembered for a while could lose the
 * first messages of the new group.
 */
export function migratedChats(store: ObjectStore, configured: Chats): MigratedChats {
  const accepted = new Set<number>();

  async function accepts(chatId: number, seen: readonly number[] = []): Promise<boolean> {
    if (accepted.has(chatId) || includesChat(configured, chatId)) return true;
    const from = await originOf(chatId);
    if (from === undefined || seen.includes(from) || !(await accepts(from, [...seen, chatId]))) return false;
    accepted.add(chatId);
    return true;
  }

  async function originOf(chatId: number): Promise<number | undefined> {
    return (await readNote(store, migrationKey(chatId)))?.from;
  }

  return {
    accepts: (chatId) => accepts(chatId),
    async remember(migration) {
      if (accepted.has(migration.to) || configured.has(migration.to)) return undefined;
      const note = Buffer.from(JSON.stringify(migration));
      const options = { contentType: 'application/json', onlyIfAbsent: true };
      const outcome = await store.putObject(migrationKey(migration.to), note, options);
      accepted.add(migration.to);
      const isAcceptedAnyway = includesChat(configured, migration.to);
      return outcome === 'stored' && !isAcceptedAnyway ? migration : undefined;
    },
  };
}

/** Every migration that the lake knows of, by the new chat's id. */
export async function knownMigrations(store: ObjectStore): Promise<ReadonlyMap<number, Migration>> {
  const migrations = new Map<number, Migration>();
  for await (const { key } of store.listObjects(migrationsPrefix)) {
    const migration = await readNote(store, key);
    if (migration) migrations.set(migration.to, migration);
  }
  return migrations;
}

async function readNote(store: ObjectStore, key: string): Promise<Migration | undefined> {
  try {
    const note = asObject(JSON.parse(Buffer.from(await store.getObject(key)).toString('utf8')));
    const [from, to] = [asInteger(note?.from), asInteger(note?.to)];
    return from === undefined || to === undefined ? undefined : { from, to };
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    if (error instanceof SyntaxError) throw new StoreError('understand', key, 'not JSON');
    throw error;
  }
}
