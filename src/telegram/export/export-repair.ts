import { asObject, type JsonObject, parsedJson } from '../../base/json.ts';

/** A part of an export as a value, and as JSON on one line with the very tokens of the file. */
export interface ExportedValue {
  readonly value: JsonObject;
  readonly json: string;
  readonly repaired: boolean;
}

/**
 * Reads one JSON object of a Telegram Desktop export, also where the export is not JSON:
 *
 * - control characters are written `\x1F`, which JSON does not know;
 * - versions 4.1.0 and 4.1.1 wrote the `document_id` of a custom emoji without quotes.
 *
 * @throws SyntaxError when it is damaged in another way
 */
export function parseExported(text: string): ExportedValue {
  const parsed = asObject(parsedJson(text));
  if (parsed) return { value: parsed, json: oneLine(text), repaired: false };
  const repaired = quoteDocumentIds(replaceControlEscapes(text));
  const value = asObject(JSON.parse(repaired));
  if (!value) throw new SyntaxError('not a JSON object');
  return { value, json: oneLine(repaired), repaired: true };
}

// Takes every escape as a whole, so that the x of an escaped backslash and an x is left alone.
function replaceControlEscapes(text: string): string {
  return text.replaceAll(/\\(?:x([0-9A-Fa-f]{2})|[\s\S])/g, (whole, hex) => (hex ? `\\u00${hex}` : whole));
}

function quoteDocumentIds(text: string): string {
  return text.replaceAll(
    /("document_id": )([^"\n]+?)(,?[ \t\r]*\n)/g,
    (_, name, path, end) => `${name}${JSON.stringify(path)}${end}`,
  );
}

/** In what JSON.parse takes, a line break stands between tokens only, and so does the space around it. */
function oneLine(json: string): string {
  return json.replaceAll(/[ \t]*[\r\n][ \t\r\n]*/g, '');
}
