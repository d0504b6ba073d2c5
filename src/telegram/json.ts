/** A JSON object of which nothing more is known yet: what Telegram sends is read field by field, never trusted whole. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value when it is a JSON object (not an array, not null). */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** The value when it is an integer that a number holds exactly. Telegram's ids have at most 52 bits. */
export function asInteger(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

/** The value when it is a string. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value when it is a boolean. */
export function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
