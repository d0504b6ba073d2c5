import { asInteger, asObject, asString, type JsonObject, parsedJson } from '../base/json.ts';

/** A message that came by the import of a history: an update in all but its id, which history has none of. */
export interface ImportedMessage {
  readonly updateId: null;
  readonly kind: 'message' | 'channel_post';
  readonly payload: JsonObject;
  readonly chatId: number;
  /** When it was sent, in the lake's time zone, as raw keys write it: `20261122235959`. Lines are sorted by it. */
  readonly second: string;
  /**
   * Whether its `edit_date` is of an edit. Telegram Desktop dates a reaction as it does an edit, and in channels also
   * views: of 627 messages with reactions of a real account all had such a date, of 6,461 others 15.
   */
  readonly isEditCertain: boolean;
  /** The exported message that it was made from. */
  readonly exported: JsonObject;
}

/**
 * One line of an import object: the message as the Bot API would have delivered it, and the exported message it was
 * made from, token by token.
 *
 * It is shaped like an update, so that whatever reads updates, in TypeScript or in SQL, reads it the same way. What
 * distinguishes it is `"source":"import"` and that it has no `update_id`.
 *
 * @param exported - JSON on one line
 * @example {"source":"import","second":"20261122235959","message":{"message_id":7,…},"export":{"id":7,…}}
 */
export function importLine(
  { kind, payload, second }: Omit<ImportedMessage, 'chatId' | 'isEditCertain' | 'exported'>,
  exported: string,
): string {
  return `{"source":"import","second":"${second}","${kind}":${JSON.stringify(payload)},"export":${exported}}`;
}

/** The message of a line as `importLine` writes it, or undefined for any other text. */
export function readImportLine(line: string): ImportedMessage | undefined {
  const fields = asObject(parsedJson(line));
  const second = asString(fields?.second);
  if (fields?.source !== 'import' || !second || !/^\d{14}$/.test(second)) return undefined;
  const kind = fields.message === undefined ? 'channel_post' : 'message';
  const payload = asObject(fields[kind]);
  const chatId = asInteger(asObject(payload?.chat)?.id);
  if (!payload || chatId === undefined) return undefined;
  const exported = asObject(fields.export) ?? {};
  const hasReactions = Array.isArray(exported.reactions) && exported.reactions.length > 0;
  return {
    updateId: null,
    kind,
    payload,
    chatId,
    second,
    isEditCertain: kind === 'message' && !hasReactions,
    exported,
  };
}

/**
 * When a line's message was sent, and its id: what lines are sorted by, in this order. Both without parsing the line.
 */
export interface ImportLineStart {
  readonly second: string;
  readonly messageId: number;
}

/** The start of a line as `importLine` writes it, or undefined for any other text. */
export function importLineStart(line: string): ImportLineStart | undefined {
  const match = /^\{"source":"import","second":"(\d{14})","\w+":\{"message_id":(-?\d+)/.exec(line);
  return match?.[1] ? { second: match[1], messageId: Number(match[2]) } : undefined;
}

/**
 * When the message of a line was last changed, by the export it was made from, in Unix seconds; 0 where it never was.
 */
export function importLineChange(line: string): number {
  if (!line.includes('"edit_date":')) return 0;
  const payload = line.slice(0, line.indexOf(',"export":'));
  return Number(/"edit_date":(\d+)/.exec(payload)?.[1] ?? 0);
}
