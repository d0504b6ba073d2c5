/**
 * The same JSON on one line, as readers of line-wise JSON need it. In valid JSON a raw line break stands only
 * between tokens, where a space means the same.
 */
export function oneLine(json: Uint8Array): Uint8Array {
  if (!json.includes(0x0a) && !json.includes(0x0d)) return json;
  return json.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte));
}
