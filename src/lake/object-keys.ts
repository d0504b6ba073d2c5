import { type Day, isDay, localTime } from '../base/local-day.ts';
import { eventTable, messageTable, type Table } from './tables.ts';

/**
 * Object keys: where everything lies in the raw and the enriched bucket, or in their folders.
 *
 *     raw        telegram/context_date=2026-11-22/20261122235959-000123456789.json
 *                telegram/context_date=2026-11-22/20261122235959-sent_-1001234567890_7.json
 *                telegram/context_date=2026-11-22/20261122235959-shown_-1001234567890_7.json
 *                telegram/context_date=2026-11-22/import_-1001234567890.jsonl.gz
 *                quarantine/context_date=2026-11-22/20261122235959-<sha256>.json
 *                migrations/-1001234567890.json
 *                polls/5290017733412098765.json
 *                forgotten/<hash>.json
 *     enriched   telegram/context_date=2026-11-22/messages.parquet
 *                telegram_events/context_date=2026-11-22/events.parquet
 */
const partition = (day: Day) => `context_date=${day}/`;

/** Everything of `telegram/` lies in folders named by day. */
export const tablePrefix = `${messageTable.name}/`;

/** The folder of one day, the same in the raw and in the enriched bucket: `telegram/context_date=2026-11-22/`. */
export function dayPrefix(day: Day): string {
  return tablePrefix + partition(day);
}

/** The day of a folder as `dayPrefix` writes it, or undefined for any other folder. */
export function dayOfPrefix(prefix: string): Day | undefined {
  const day = prefix.slice(dayPrefix('').length - 1, -1);
  return isDay(day) && dayPrefix(day) === prefix ? day : undefined;
}

/**
 * The key of an update's raw object. The same update always gets the same key, so a redelivery overwrites itself;
 * keys sort by time, and all versions of a message share its second, so that they are neighbours in a listing.
 *
 * @param atSeconds - Unix seconds: when the message was sent (for an edit: the message it edits), else the arrival
 * @example rawKey(1795402799, 123456789, 'America/Sao_Paulo') //
 * 'telegram/context_date=2026-11-22/20261122235959-000123456789.json'
 */
export function rawKey(atSeconds: number, updateId: number, timeZone: string): string {
  return `${secondKey(atSeconds, timeZone)}-${String(updateId).padStart(12, '0')}.json`;
}

/**
 * The key of a message that a bot has sent; an edit lies beside it. The same message always gets the same key.
 *
 * @param atSeconds - Unix seconds: when the message was sent, also for an edit
 * @example sentKey(1795402799, { chatId: -42, messageId: 7 }, 'America/Sao_Paulo') //
 * 'telegram/context_date=2026-11-22/20261122235959-sent_-42_7.json'
 */
export function sentKey(
  atSeconds: number,
  { chatId, messageId, editDate }: { chatId: number; messageId: number; editDate?: number | undefined },
  timeZone: string,
): string {
  const edit = editDate === undefined ? '' : `_${editDate}`;
  return `${secondKey(atSeconds, timeZone)}-sent_${chatId}_${messageId}${edit}.json`;
}

/** The key of a bot's message that another update showed whole; a later version of it lies beside it. */
export function shownKey(
  atSeconds: number,
  { chatId, messageId, editDate }: { chatId: number; messageId: number; editDate?: number | undefined },
  timeZone: string,
): string {
  const edit = editDate === undefined ? '' : `_${editDate}`;
  return `${secondKey(atSeconds, timeZone)}-shown_${chatId}_${messageId}${edit}.json`;
}

/** The key of the note that a bot has deleted messages. */
export function deletedKey(
  atSeconds: number,
  { chatId, messageIds }: { chatId: number; messageIds: readonly number[] },
  timeZone: string,
): string {
  return `${secondKey(atSeconds, timeZone)}-deleted_${chatId}_${messageIds[0]}.json`;
}

/** The key of the note that a bot has answered an update with a call of the Bot API. */
export function replyKey(atSeconds: number, sha256: string, timeZone: string): string {
  return `${secondKey(atSeconds, timeZone)}-reply_${sha256.slice(0, 32)}.json`;
}

function secondKey(atSeconds: number, timeZone: string): string {
  const time = localTime(atSeconds, timeZone);
  return `${dayPrefix(time.slice(0, 10))}${compact(time)}`;
}

/**
 * The part of a raw key that all versions of a message share: its folder and its second.
 *
 * Keys that share it are neighbours in a listing, whatever comes after it. One that has no second, which only people
 * put there, stands alone.
 */
export function secondOfRawKey(key: string): string {
  return /^.*?\/\d{14}/.exec(key)?.[0] ?? key;
}

/** What the keys of a day's import objects begin with: they come after all its updates in a listing. */
export function importPrefix(day: Day): string {
  return `${dayPrefix(day)}import_`;
}

/**
 * The key of the one raw object with a chat's imported messages of one day.
 *
 * @example importKey('2026-11-22', -1001234567890) // 'telegram/context_date=2026-11-22/import_-1001234567890.jsonl.gz'
 */
export function importKey(day: Day, chatId: number): string {
  return `${importPrefix(day)}${chatId}.jsonl.gz`;
}

/** Whether a raw key is one that `importKey` gives, for whatever day and chat. */
export function isImportKey(key: string): boolean {
  return /\/import_-?\d+\.jsonl\.gz$/.test(key);
}

/** The key of a day's one enriched file of a table. */
export function tableKey(day: Day, { name, fileName }: Table): string {
  return `${name}/${partition(day)}${fileName}`;
}

/** The key of a day's messages. */
export function enrichedKey(day: Day): string {
  return tableKey(day, messageTable);
}

/** The key of a day's events. */
export function eventsKey(day: Day): string {
  return tableKey(day, eventTable);
}

/**
 * The time in a raw key, by the group's clock, or undefined for one without.
 *
 * @example timeOfRawKey('telegram/context_date=2026-11-22/20261122235959-000123456789.json') // '2026-11-22 23:59:59'
 */
export function timeOfRawKey(key: string): string | undefined {
  const digits = /\/(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?!\d)/.exec(key)?.slice(1);
  return digits && `${digits.slice(0, 3).join('-')} ${digits.slice(3).join(':')}`;
}

/** Under which the raw bucket keeps bodies that are no updates. */
export const quarantinePrefix = 'quarantine/';

/**
 * The key of a body that is no update. Named by its own hash, so that the same body sent again within a second is
 * stored once and two bodies never share a key.
 *
 * @param sha256 - of the body, in hexadecimal
 */
export function quarantineKey(arrivedAtSeconds: number, sha256: string, timeZone: string): string {
  const time = localTime(arrivedAtSeconds, timeZone);
  return `${quarantinePrefix}${partition(time.slice(0, 10))}${compact(time)}-${sha256}.json`;
}

/** Where notes of migrations lie. */
export const migrationsPrefix = 'migrations/';

/** The key of the note that a chat is the new form of an accepted one. */
export function migrationKey(newChatId: number): string {
  return `${migrationsPrefix}${newChatId}.json`;
}

/** The key of the note that a poll is one of an accepted chat. */
export function pollKey(pollId: string): string {
  return `polls/${pollId}.json`;
}

/** Where the list of forgotten people lies. */
export const forgottenPrefix = 'forgotten/';

/** The key of the secret that the list is hashed with. */
export const forgottenSecretKey = `${forgottenPrefix}secret`;

/**
 * The key of the note that a person is forgotten.
 *
 * @param hash - of the user's id with the secret, in hexadecimal
 */
export function forgottenKey(hash: string): string {
  return `${forgottenPrefix}${hash}.json`;
}

/** Digits only: `2026-11-22T23:59:59` as `20261122235959`, which is how raw keys and import lines write a second. */
export function compact(time: string): string {
  return time.replaceAll(/[-T:]/g, '');
}
