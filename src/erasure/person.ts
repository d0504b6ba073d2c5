import type { JsonObject } from '../base/json.ts';

/** Who is to be erased: one person, or all who are forgotten. */
export interface Person {
  /** By the id of a user. */
  isUser(userId: number): boolean;
  /**
   * By a full name, or by `@` and a username, in small letters. They stand alone where Telegram gives no id: hidden
   * forwards, members in exports, mentions.
   */
  isName(name: string): boolean;
}

/** One person, with the names that were given for them. */
export function personOf(userId: number, names: Iterable<string>): Person {
  const all = new Set([...names].map(nameKey));
  return { isUser: (id) => id === userId, isName: (name) => all.has(name) };
}

/** How a name is compared and remembered: usernames do not distinguish small letters from capitals. */
export function nameKey(name: string): string {
  return name.startsWith('@') ? name.toLowerCase() : name;
}

/**
 * A user id as the Bot API and exports write it: a number, its digits, or `user` before them. Undefined for other
 * values.
 */
export function userIdOf(value: unknown): number | undefined {
  const id = typeof value === 'string' ? Number(/^(?:user)?(\d{1,16})$/.exec(value)?.[1]) : value;
  return Number.isSafeInteger(id) && (id as number) > 0 ? (id as number) : undefined;
}

export function isPersonsId(value: unknown, person: Person): boolean {
  const id = userIdOf(value);
  return id !== undefined && person.isUser(id);
}

/** The same for the members that in exports of 2020 and 2021 have the kind of the sender in the bits above 32. */
export function isPersonsPeerId(value: unknown, person: Person): boolean {
  return isPersonsId(value, person) || (typeof value === 'number' && isPersonsId(value - kindOfUser, person));
}

/** What exports of 2020 and 2021 have above the id of a user. */
export const kindOfUser = 2 ** 32;

export function isPersonsName(value: unknown, person: Person): boolean {
  return typeof value === 'string' && value !== '' && person.isName(nameKey(value));
}

/** A username, with or without its `@`. */
export function isPersonsUsername(value: unknown, person: Person): boolean {
  return (
    typeof value === 'string' && value !== '' && person.isName(`@${value.replace(/^@/, '')}`.toLowerCase())
  );
}

/** The full name of a user, contact or private chat, as clients show it. */
export function fullName({ first_name, last_name }: JsonObject): string {
  return [first_name, last_name].filter((part) => typeof part === 'string' && part !== '').join(' ');
}
