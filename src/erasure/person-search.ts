import { asObject, parsedJson } from '../base/json.ts';
import { kindOfUser, type Person, personOf } from './person.ts';
import { withoutPerson } from './without-person.ts';

/** One person to look for in raw objects. */
export interface PersonSearch {
  readonly person: Person;
  /** False where a text is certain to have nothing of the person, so that it need not be parsed. */
  mayTell(text: string): boolean;
  /** Whether a text that is not a readable update mentions the person: the id as a number, or a given name. */
  tells(text: string): boolean;
}

export function searchFor(userId: number, givenNames: Iterable<string>): PersonSearch {
  const names = [...givenNames];
  const person = personOf(userId, names);
  const spelled = [String(userId), String(userId + kindOfUser)];
  return {
    person,
    mayTell: (text) =>
      names.length > 0 || spelled.some((id) => text.includes(id)) || unusualDigits.test(text),
    tells(text) {
      const plain = text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, code) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      );
      if ((plain.match(numbers) ?? []).some((number) => Number(number) === userId)) return true;
      if (names.some((name) => plain.includes(name))) return true;
      const value = asObject(parsedJson(text));
      return (
        value !== undefined && !isDeeperThan(value, mostLevels) && withoutPerson(value, person) !== value
      );
    },
  };
}

/** Ids with an exponent, or with escaped digits. Telegram writes neither; JSON allows both. */
const unusualDigits = /\\u003\d|[:[,]\s*\d[\d.]*[eE]/;
const numbers = /\d+(?:\.\d+)?(?:[eE]\+?\d{1,2})?/g;

/** Updates have some ten levels. Deeper than this no program could write the rest of it again. */
export const mostLevels = 1_000;

/** Whether a value nests objects and arrays deeper than a number of levels. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}
