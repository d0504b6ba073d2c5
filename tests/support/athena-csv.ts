/** The CSV file that Athena writes of sql/etl/rows-of-a-day.sql's result, cut into pieces anywhere. */
export async function* athenaCsv(lines: readonly (readonly unknown[])[]): AsyncGenerator<Uint8Array> {
  const cells = ['line', ...lines.map((line) => JSON.stringify(line))];
  const csv = Buffer.from(cells.map((cell) => `"${cell.replaceAll('"', '""')}"\n`).join(''));
  for (let from = 0; from < csv.length; from += 100) yield csv.subarray(from, from + 100);
}
