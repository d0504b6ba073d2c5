import { asObject, isJsonObject, type JsonObject } from '../base/json.ts';
import { respelled } from '../base/json-respelled.ts';
import { plainText } from '../telegram/export/export-text.ts';
import {
  type ErasureRule,
  erasureRules,
  idLists,
  idListTexts,
  idMembers,
  nameLists,
  nameMembers,
  ownExported,
  ownUpdate,
  usernameMembers,
} from './erasure-rules.ts';
import {
  fullName,
  isPersonsId,
  isPersonsName,
  isPersonsPeerId,
  isPersonsUsername,
  type Person,
} from './person.ts';
import { blocks, isLinkToPerson, redactedSpans, withoutLinks } from './redacted-text.ts';

/**
 * An update, or a line of an import object, without a person: by the tables of erasure-rules.ts.
 *
 * `delete` where it is the person's own. What others wrote *about* them stays: no rule can find it. Names of theirs
 * that are part of a link or mention become blocks of the same length, so that positions and lengths of others' texts
 * stay.
 *
 * @param value - of at most some thousand levels
 * @returns the value itself where there is nothing of the person in it; otherwise all that did not change is the same
 * object
 */
export function withoutPerson(value: JsonObject, person: Person): JsonObject | 'delete' {
  const exported = asObject(value.export);
  if (exported && isTheirs(exported, ownExported, person)) return 'delete';
  for (const [name, payload] of Object.entries(value)) {
    const fields = name === 'export' ? undefined : asObject(payload);
    if (fields && isTheirs(fields, ownUpdate, person)) return 'delete';
  }
  const redaction = new Redaction(person);
  // First, because the message that was made from it repeats its texts.
  const rest = redaction.value(exported, 'export');
  const members = Object.entries(value).map(
    ([name, member]) => [name, exported && name === 'export' ? rest : redaction.value(member, name)] as const,
  );
  return members.every(([name, member]) => member === value[name]) ? value : Object.fromEntries(members);
}

/**
 * The same for a line of JSON, of which all that stays is spelled as it was. Undefined for a line of theirs.
 *
 * @throws SyntaxError when the line is not a JSON object
 */
export function lineWithoutPerson(line: string, person: Person): string | undefined {
  const value = asObject(JSON.parse(line));
  if (!value) throw new SyntaxError('not a JSON object');
  const rest = withoutPerson(value, person);
  if (rest === 'delete') return undefined;
  return rest === value ? line : respelled(line, value, rest);
}

/** The names under which an update or line shows the person by id: full names, and usernames with `@`. */
export function namesOf(value: unknown, person: Person): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => namesOf(item, person));
  const fields = asObject(value);
  if (!fields) return [];
  const own = isPersonsId(fields.id ?? fields.user_id, person)
    ? [fullName(fields), typeof fields.username === 'string' ? `@${fields.username}` : '']
    : [];
  const beside = Object.entries(idMembers).map(([id, name]) =>
    name !== undefined && isPersonsPeerId(fields[id], person) ? fields[name] : '',
  );
  const names = [...own, ...beside].filter((name) => typeof name === 'string' && name !== '') as string[];
  return [...names, ...Object.values(fields).flatMap((inner) => namesOf(inner, person))];
}

class Redaction {
  readonly #person: Person;
  /** Texts of an export that changed, without their formatting. */
  readonly #changedTexts = new Map<string, string>();

  constructor(person: Person) {
    this.#person = person;
  }

  value(value: unknown, name: string): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return this.#list(value, name);
    return isJsonObject(value) ? this.#object(value, name) : value;
  }

  #text(text: string): string {
    const changed = this.#changedTexts.size > 0 ? this.#changedTexts.get(text) : undefined;
    return changed ?? withoutLinks(text, this.#person);
  }

  #list(list: readonly unknown[], name: string): readonly unknown[] {
    if (idLists.includes(name)) {
      const others = list.filter((item) => !isPersonsId(item, this.#person));
      if (others.length < list.length) return this.#list(others, name);
    }
    const isNames = nameLists.includes(name);
    const next = list.map((item) =>
      isNames && isPersonsName(item, this.#person) ? null : this.value(item, name),
    );
    if (next.every((item, index) => item === list[index])) return list;
    this.#noteText(list, next);
    return next;
  }

  #noteText(before: readonly unknown[], after: readonly unknown[]): void {
    const [from, to] = [plainText(before), plainText(after)];
    if (from !== to) this.#changedTexts.set(from, to);
  }

  #object(fields: JsonObject, name: string): JsonObject {
    if (isLabelOf(fields, this.#person)) return this.#label(fields);
    const rule = ruleOf(fields, name, this.#person);
    if (!rule) return this.#members(fields, fields);
    return { ...this.#members(leftBy(rule, fields), fields), ...rule.instead };
  }

  /** A piece of text that stands for the person: a mention, or a link to them. */
  #label({ text, ...fields }: JsonObject): JsonObject {
    const rest = this.#members(fields, fields);
    return {
      ...(isPersonsUsername(rest.username, this.#person) ? omit(rest, 'username') : rest),
      text: blocks(lengthOf(text)),
    };
  }

  #members(fields: JsonObject, original: JsonObject): JsonObject {
    const next: [string, unknown][] = [];
    let isChanged = fields !== original;
    let hasEntities = false;
    for (const [name, value] of Object.entries(fields)) {
      const goes = ruledMembers.has(name) && this.#goes(name, value, fields);
      const changed = goes ? undefined : this.#member(name, value);
      if (changed !== value) isChanged = true;
      if (name.endsWith('entities')) hasEntities = true;
      if (!goes) next.push([name, changed]);
    }
    // A new object: setting a member called __proto__ on the old one would do something else.
    const rest = isChanged ? Object.fromEntries(next) : original;
    return hasEntities ? redactedSpans(rest, fields, this.#person) : rest;
  }

  #member(name: string, value: unknown): unknown {
    if (typeof value === 'string' && idListTexts.includes(name)) {
      return value.replaceAll(/\d+/g, (id) => (isPersonsId(id, this.#person) ? blocks(id.length) : id));
    }
    return this.value(value, name);
  }

  #goes(name: string, value: unknown, fields: JsonObject): boolean {
    const person = this.#person;
    if (name === 'quote') return this.#isQuoteOfTheirs(fields);
    if (Object.hasOwn(idMembers, name) && isPersonsPeerId(value, person)) return true;
    if (usernameMembers.includes(name) && isPersonsUsername(value, person)) return true;
    if (typeof value !== 'string' || !nameMembers.includes(name)) return false;
    const id = fields[idBeside[name] ?? ''];
    return id === undefined || id === null ? isPersonsName(value, person) : isPersonsPeerId(id, person);
  }

  /** What is quoted is of the message that is replied to. */
  #isQuoteOfTheirs(fields: JsonObject): boolean {
    return ['reply_to_message', 'external_reply'].some((name) => {
      const repliedTo = asObject(fields[name]);
      return repliedTo !== undefined && ruleOf(repliedTo, name, this.#person) !== undefined;
    });
  }
}

/** For each name that stands beside an id, that id. */
const idBeside: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(idMembers).flatMap(([id, name]) => (name === undefined ? [] : [[name, id]])),
);

/** Members of which `#goes` has more to say. */
const ruledMembers: ReadonlySet<string> = new Set([
  'quote',
  ...Object.keys(idMembers),
  ...nameMembers,
  ...usernameMembers,
]);

function ruleOf(fields: JsonObject, name: string, person: Person): ErasureRule | undefined {
  // Most objects have no member that any rule asks for.
  let fitting = fittingAt.get(name) ?? 0;
  for (const member of Object.keys(fields)) fitting |= fittingWith.get(member) ?? 0;
  if (fitting === 0) return undefined;
  return erasureRules.find((rule, index) => fitting & (1 << index) && isTheirs(fields, rule, person));
}

/** For each name that a rule stands under, and each member that it knows its type by, those rules as bits. */
const fittingAt = rulesAsBits(({ at = [] }) => at);
const fittingWith = rulesAsBits(({ has }) => has);

function rulesAsBits(namesOf: (rule: ErasureRule) => readonly string[]): ReadonlyMap<string, number> {
  const bits = new Map<string, number>();
  for (const [index, rule] of erasureRules.entries()) {
    for (const name of namesOf(rule)) bits.set(name, (bits.get(name) ?? 0) | (1 << index));
  }
  return bits;
}

function isTheirs(
  fields: JsonObject,
  { users = [], ids = [], names = [] }: Pick<ErasureRule, 'users' | 'ids' | 'names'>,
  person: Person,
): boolean {
  if (users.some((path) => isPersonsUser(at(fields, path), person))) return true;
  const given = ids.map((path) => at(fields, path)).filter((id) => id !== undefined && id !== null);
  if (given.length > 0) return given.some((id) => isPersonsPeerId(id, person));
  return names.some((path) => isNamed(fields, path, person));
}

function isNamed(fields: JsonObject, path: string, person: Person): boolean {
  if (path === 'first_name last_name') return isPersonsName(fullName(fields), person);
  if (path.startsWith('@')) return isPersonsUsername(fields[path.slice(1)], person);
  return isPersonsName(at(fields, path), person);
}

/** A user or private chat, which share their ids. One without an id is known by its name. */
function isPersonsUser(value: unknown, person: Person): boolean {
  const fields = asObject(value);
  if (!fields) return false;
  const id = fields.id ?? fields.user_id;
  if (id !== undefined) return isPersonsId(id, person);
  return isPersonsName(fullName(fields), person) || isPersonsUsername(fields.username, person);
}

/** Whether it is a piece of text, or a button, whose text stands for the person. */
function isLabelOf(fields: JsonObject, person: Person): boolean {
  if (fields.text === undefined || fields.message_id !== undefined) return false;
  return (
    isPersonsId(fields.user_id, person) ||
    (fields.type === 'text_mention' && isPersonsUser(fields.user, person)) ||
    (fields.type === 'mention' && isPersonsUsername(fields.username ?? fields.text, person)) ||
    [fields.url, fields.href, fields.data].some((link) => isLinkToPerson(link, person))
  );
}

/** Of a text, or of all that a formatted one is made of. */
function lengthOf(text: unknown): number {
  if (typeof text === 'string') return text.length;
  if (Array.isArray(text)) return text.reduce<number>((sum, part) => sum + lengthOf(part), 0);
  return isJsonObject(text) ? lengthOf(text.text) : 0;
}

function at(fields: JsonObject, path: string): unknown {
  let value: unknown = fields;
  for (const name of path.split('.')) value = asObject(value)?.[name];
  return value;
}

function leftBy({ left }: ErasureRule, fields: JsonObject): JsonObject {
  const stays =
    'without' in left
      ? (name: string) => !left.without.includes(name)
      : (name: string) => left.includes(name);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => stays(name)));
}

function omit(fields: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([member]) => member !== name));
}
