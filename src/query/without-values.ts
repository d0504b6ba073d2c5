/**
 * An engine's message without values of the lake: everything from the first single quote to the last, unless each quoted
 * text stands in what is known, such as the statement itself. A cast that fails quotes what it could not convert: words of somebody in the
 * group, which may have quotes of their own.
 *
 * @example withoutValues("Could not convert string 'Bom dia' to INT32", 'SELECT CAST(text AS INT) …')
 *   // "Could not convert string '…' to INT32"
 */
export function withoutValues(message: string, known: string): string {
  const parts = message.split("'");
  const isOwn = parts.length % 2 === 1 && parts.every((part, at) => at % 2 === 0 || known.includes(part));
  return isOwn ? message : message.replace(/'.*'/s, "'…'");
}
