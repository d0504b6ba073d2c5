import { readFileSync, writeSync } from 'node:fs';

/*
 * Loads a bundle as Lambda does, calls its handler with one event after the other, and writes to file descriptor 3 what
 * each call took. Started by ingest.ts, which bundles it first, so that no time goes into its types.
 */
const [bundle = '', events = ''] = process.argv.slice(2);
const { handler } = (await import(bundle)) as { handler(event: unknown): Promise<{ statusCode: number }> };

const calls: { milliseconds: number; cpuMicroseconds: number }[] = [];
for (const event of JSON.parse(readFileSync(events, 'utf8'))) {
  const [startedAt, startedCpu] = [performance.now(), process.cpuUsage()];
  const { statusCode } = await handler(event);
  const { user, system } = process.cpuUsage(startedCpu);
  if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  calls.push({ milliseconds: performance.now() - startedAt, cpuMicroseconds: user + system });
}
writeSync(3, `${JSON.stringify(calls)}\n`);
process.exit();
