import { asObject, type JsonObject, parsedJson } from '../base/json.ts';
import { respelled } from '../base/json-respelled.ts';
import { ImportObjectError, importLines } from '../lake/import-object.ts';
import { isImportKey } from '../lake/object-keys.ts';
import { isDeeperThan, mostLevels, type PersonSearch } from './person-search.ts';
import { withoutPerson } from './without-person.ts';

/** What erasing a person does to one raw object. */
export interface ObjectErasure {
  /** `keep` where there is nothing of the person in it. */
  readonly outcome: 'keep' | 'delete' | 'replace';
  /** Updates or lines that go. */
  readonly deleted: number;
  /** Updates or lines of others that lose what they show of the person. */
  readonly redacted: number;
  /** Whether some of it could not be read, and so may still mention the person. */
  readonly unreadable: boolean;
}

export interface ErasureOutput {
  /** Told of each update or line that changes, as it was. */
  readonly onChanged?: (value: JsonObject) => void;
  /** Takes the lines that stay, or are new; of an update, its one. */
  readonly write?: (line: string) => void;
}

/** What erasing a person does to a raw object with updates or imported messages. */
export async function erasureOf(
  key: string,
  body: Uint8Array,
  { person, mayTell, tells }: PersonSearch,
  { onChanged, write }: ErasureOutput,
): Promise<ObjectErasure> {
  const total = { deleted: 0, redacted: 0, kept: 0, unreadable: false };
  const keep = (line: string) => {
    total.kept += 1;
    write?.(line);
  };
  const take = (line: string) => {
    if (!mayTell(line)) return keep(line);
    const value = asObject(parsedJson(line));
    if (!value || isDeeperThan(value, mostLevels)) {
      total.unreadable ||= tells(line);
      return keep(line);
    }
    const rest = withoutPerson(value, person);
    if (rest === value) return keep(line);
    onChanged?.(value);
    if (rest === 'delete') {
      total.deleted += 1;
    } else {
      total.redacted += 1;
      keep(respelled(line, value, rest));
    }
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
