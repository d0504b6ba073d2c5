/**
 * A JSON object of which nothing more is known yet: what Telegram sends is read field by field, never trusted whole.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value of a JSON text; undefined where it is none. The error of JSON.parse is of no use: it quotes the text. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value is a JSON object: no array, and not null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value when it is a JSON object. */
export function asObject(value: unknown): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

/** Those of a JSON array's values that are JSON objects; none of anything but an array. */
export function asObjects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The same object without members that are undefined, which JSON does not have. */
export function omitUndefined(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The value when it is an integer that a number holds exactly. Telegram's ids have at most 52 bits. */
export function asInteger(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

// The year 2100. Telegram's own moments end in 2038.
const lastMoment = 4_102_444_800;

/**
 * The value when it is a moment in Unix seconds, from 1970 to 2100. Telegram writes 0 for one that it does not know,
 * and a number beyond is none that clocks, or the functions of SQL engines, could make a date of.
 */
export function asMoment(value: unknown): number | undefined {
  const seconds = asInteger(value);
  return seconds !== undefined && seconds > 0 && seconds < lastMoment ? seconds : undefined;
}

/** The value when it is a string. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value when it is a boolean. */
export function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
