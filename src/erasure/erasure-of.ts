import { asObject, asString, type JsonObject, parsedJson } from '../base/json.ts';
import { ImportObjectError, importLines } from '../lake/import-object.ts';
import { isImportKey } from '../lake/object-keys.ts';
import { type Person, withoutPerson } from './without-person.ts';

/** What erasing a person does to one raw object. */
export interface ObjectErasure {
  /** `keep` where there is nothing of the person in it. */
  readonly outcome: 'keep' | 'delete' | 'replace';
  /** Updates or lines that go. */
  readonly deleted: number;
  /** Updates or lines of others that lose what they show of the person. */
  readonly redacted: number;
  /** Whether some of it could not be read, and so may still tell of the person. */
  readonly unreadable: boolean;
}

/** Told of what goes, before it does. */
export type OnDeleted = (value: JsonObject) => void;

/**
 * What erasing a person does to a raw object with updates or imported messages.
 *
 * @param needles - a text without any of them has nothing of the person, and is not parsed
 * @param write - takes the lines that stay, or are new; of an update, its one
 */
export async function erasureOf(
  key: string,
  body: Uint8Array,
  person: Person,
  needles: readonly string[],
  onDeleted: OnDeleted,
  write: (line: string) => void,
): Promise<ObjectErasure> {
  const total = { deleted: 0, redacted: 0, kept: 0, unreadable: false };
  const take = (line: string) => {
    const value = mayTellOf(line, person, needles) ? asObject(parsedJson(line)) : undefined;
    const rest = value && withoutPerson(value, person);
    if (value && rest === 'delete') {
      total.deleted += 1;
      onDeleted(value);
      return;
    }
    total.kept += 1;
    if (rest !== value) total.redacted += 1;
    if (!value && mayTellOf(line, person, needles)) total.unreadable = true;
    write(rest === value ? line : JSON.stringify(rest));
  };

  if (isImportKey(key)) {
    try {
      for await (const lines of importLines(body)) for (const line of lines) take(line);
    } catch (error) {
      if (!(error instanceof ImportObjectError)) throw error;
      total.unreadable = true;
    }
  } else {
    take(Buffer.from(body).toString('utf8'));
  }
  const { deleted, redacted, kept, unreadable } = total;
  const outcome = deleted + redacted === 0 ? 'keep' : kept === 0 ? 'delete' : 'replace';
  return { outcome, deleted, redacted, unreadable };
}

/** The texts that a text about the person has one of, unless it tells of them by name alone. */
export function needlesOf(userId: number): string[] {
  // The second is how exports of 2020 and 2021 write the id.
  return [String(userId), String(userId + 2 ** 32)];
}

/** The person's name in an update or line of theirs, as an export would write it. */
export function nameOf(value: JsonObject): string | undefined {
  const payload = Object.values(value)
    .map(asObject)
    .find((fields) => fields !== undefined);
  const user = asObject(payload?.from) ?? asObject(payload?.user);
  const names = [asString(user?.first_name), asString(user?.last_name)];
  return names.filter((name) => name).join(' ') || undefined;
}

function mayTellOf(text: string, { names }: Person, needles: readonly string[]): boolean {
  return names.size > 0 || needles.some((needle) => text.includes(needle));
}
