/** @example megabytes(68_000_000) // '68.0 MB' */
export function megabytes(bytes: number): string {
  const options = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return `${(bytes / 1_000_000).toLocaleString('en', options)} MB`;
}

/** @example counted(1, 'day') // '1 day', counted(2000, 'day') // '2,000 days' */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** @example countedReasons({ 'no date': 1200, 'no id': 3 }) // '1,200 no date, 3 no id' */
export function countedReasons(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([reason, count]) => `${count.toLocaleString('en')} ${reason}`)
    .join(', ');
}
