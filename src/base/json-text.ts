/**
 * The members of a JSON object as they are written, by name: so a part of a text can be kept byte for byte. Where a
 * name comes twice, the last one counts, as for JSON.parse.
 *
 * @param json - valid JSON whose value is an object
 */
export function memberTexts(json: string): Map<string, string> {
  return new Map(
    partsOf(json).map((part) => {
      const colon = endOfString(part, part.indexOf('"'));
      return [JSON.parse(part.slice(0, colon)), part.slice(part.indexOf(':', colon) + 1).trim()];
    }),
  );
}

/**
 * The elements of a JSON array as they are written.
 *
 * @param json - valid JSON whose value is an array
 */
export function elementTexts(json: string): string[] {
  return partsOf(json).map((part) => part.trim());
}

/** What stands between the commas of the outermost object or array. */
function partsOf(json: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '"') at = endOfString(json, at) - 1;
    else if (character === '{' || character === '[') {
      if (depth++ === 0) from = at + 1;
    } else if (character === '}' || character === ']') {
      if (--depth === 0 && json.slice(from, at).trim()) parts.push(json.slice(from, at));
    } else if (character === ',' && depth === 1) {
      parts.push(json.slice(from, at));
      from = at + 1;
    }
  }
  return parts;
}

/** The place after a string that begins at a quote. */
function endOfString(json: string, quote: number): number {
  let at = quote + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}
