import { asObject, asString } from '../../base/json.ts';

/**
 * The plain text of what an export writes as a string, or as a list of strings and `{type, text}` pieces.
 *
 * @returns '' where there is none
 */
export function plainText(text: unknown): string {
  if (!Array.isArray(text)) return asString(text) ?? '';
  return text.map((piece) => asString(piece) ?? asString(asObject(piece)?.text) ?? '').join('');
}
