import { asInteger, asObject, type JsonObject } from '../base/json.ts';
import { isPersonsId, isPersonsUsername, type Person } from './person.ts';

/**
 * A text in which links to the person show neither their id nor their username.
 *
 * @see https://core.telegram.org/api/links the links that lead to a user
 */
export function withoutLinks(text: string, person: Person): string {
  if (!text.includes('/')) return text;
  return text.replaceAll(linkToUser, (whole, id?: string, username?: string) => {
    const shown = id ?? username ?? '';
    const isTheirs = id === undefined ? isPersonsUsername(username, person) : isPersonsId(id, person);
    return isTheirs ? whole.slice(0, whole.length - shown.length) + blocks(shown.length) : whole;
  });
}

export function isLinkToPerson(value: unknown, person: Person): boolean {
  return typeof value === 'string' && withoutLinks(value, person) !== value;
}

const linkToUser =
  /tg:\/\/(?:user\?id=|openmessage\?user_id=)(\d+)|(?:tg:\/\/resolve\?domain=|\b(?:t|telegram)\.me\/)(\w+)/gi;

/** As many as the UTF-16 units that Telegram counts lengths and offsets in. */
export function blocks(length: number): string {
  return '█'.repeat(length);
}

/**
 * An object whose texts have blocks where one of their entities is a mention of the person, or a link to them:
 * `entities` are of `text`, `caption_entities` of `caption`, and so on.
 *
 * @param before - the object as it was, with what the entities said
 */
export function redactedSpans(fields: JsonObject, before: JsonObject, person: Person): JsonObject {
  let result = fields;
  for (const [name, list] of Object.entries(before)) {
    if (!Array.isArray(list) || !name.endsWith('entities')) continue;
    const member = name === 'entities' ? 'text' : name.slice(0, -'_entities'.length);
    const text = result[member];
    if (typeof text !== 'string') continue;
    const next = list.reduce<string>((rest, entity) => withoutSpan(rest, asObject(entity), person), text);
    if (next !== text) result = { ...result, [member]: next };
  }
  return result;
}

function withoutSpan(text: string, entity: JsonObject | undefined, person: Person): string {
  const [offset, length] = [asInteger(entity?.offset), asInteger(entity?.length)];
  if (!entity || offset === undefined || length === undefined || offset < 0 || length < 0) return text;
  const span = text.slice(offset, offset + length);
  const isTheirs =
    isPersonsId(asObject(entity.user)?.id, person) ||
    isLinkToPerson(entity.url, person) ||
    (entity.type === 'mention' && isPersonsUsername(span, person));
  return isTheirs ? text.slice(0, offset) + blocks(span.length) + text.slice(offset + span.length) : text;
}
