/**
 * A name that someone chose, without what would command the terminal it is printed on: control characters, and those
 * that turn the direction of what follows.
 */
export function printable(name: string): string {
  return name.replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '');
}
