import { createReadStream, statSync } from 'node:fs';
import type { JsonDamageError } from '../telegram/export/json-scanner.ts';

/**
 * Where a file is damaged, in words that find it in an editor.
 *
 * @example 'message 3, which begins in line 45' or 'line 45'
 */
export async function damagePlace(path: string, { position, item }: JsonDamageError): Promise<string> {
  const line = await lineOf(path, item?.position ?? position);
  const place =
    line === undefined ? `byte ${(item?.position ?? position).toLocaleString('en')}` : `line ${line}`;
  if (!item) return place;
  const id = /"id":\s*(-?\d+)/.exec(item.beginning)?.[1];
  return `${id === undefined ? 'a message' : `message ${id}`}, which begins in ${place}`;
}

/** The number of the line that holds a byte; undefined for a pipe, which cannot be read again. */
async function lineOf(path: string, position: number): Promise<string | undefined> {
  if (!statSync(path).isFile()) return undefined;
  let line = 1;
  if (position > 0) {
    for await (const chunk of createReadStream(path, { end: position - 1 }) as AsyncIterable<Buffer>) {
      for (let at = chunk.indexOf(lineBreak); at >= 0; at = chunk.indexOf(lineBreak, at + 1)) line += 1;
    }
  }
  return line.toLocaleString('en');
}

const lineBreak = 0x0a;
