import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Bundle, buildBundle } from '../tools/function-bundle.ts';
import { markdownTable } from '../tools/markdown-table.ts';
import { generateDay } from './generate-day.ts';
import { machine, median, onProcessor } from './measured-process.ts';
import { benchDay } from './raw-places.ts';
import { type StandIn, startStandIn } from './stand-in.ts';

/**
 * `npm run bench:ingest` measures the ingest function's bundle, as `sam build` makes it, against the stand-in for S3:
 * how long a new process takes to its first answer, and what an update takes then. Beside it, in turns: a handler that
 * does nothing but the PUT by the same client.
 */
const coldStarts = 21;
const rounds = 3;
const updatesARound = 3_000;

const handlers = [
  { name: 'ingest function', entryPoint: undefined },
  { name: 'bare PUT, same client', entryPoint: 'bench/bare-handler.ts' },
];

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'telegram-lake-bench-'));
  const standIn = await startStandIn();
  try {
    console.log(`${machine()}\n`);
    const runner = await buildBundle('IngestFunction', folder, 'bench/handler-process.ts');
    const one = writeEvents(join(folder, 'one.json'), 1);
    const many = writeEvents(join(folder, 'many.json'), updatesARound);
    const subjects = [];
    for (const [index, { name, entryPoint }] of handlers.entries()) {
      const bundle = await buildBundle('IngestFunction', join(folder, String(index)), entryPoint);
      subjects.push({ name, bundle, cold: [] as number[], fast: [] as Call[], slow: [] as Call[] });
    }
    const start = (bundle: Bundle, events: string) => run([runner.file, bundle.file, events], standIn);
    await standIn.order({ latencyMs: 0 });
    for (let round = 0; round < coldStarts; round++) {
      for (const { bundle, cold } of subjects) cold.push((await start(bundle, one)).milliseconds);
    }
    for (let round = 0; round < rounds; round++) {
      for (const { bundle, fast } of subjects) fast.push(...(await start(bundle, many)).calls);
    }
    await standIn.order({ latencyMs: 15 });
    for (const { bundle, slow } of subjects) slow.push(...(await start(bundle, many)).calls);

    const bare = subjects[1];
    const rows = subjects.map(({ name, bundle, cold, fast, slow }) => [
      name,
      `${Math.round(bundle.sizeBytes / 1000).toLocaleString('en')} kB`,
      `${median(cold).toFixed(0)} ms`,
      `${(median(cold) / median(bare?.cold ?? [])).toFixed(2)} ×`,
      `${percentile(fast, 0.5, 'cpuMicroseconds').toFixed(0)} µs`,
      ...[fast, slow].flatMap((calls) =>
        [0.5, 0.99].map((share) => `${percentile(calls, share, 'milliseconds').toFixed(1)} ms`),
      ),
    ]);
    console.log(markdownTable(head, rows));
  } finally {
    standIn.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const head = [
  'handler',
  'bundle',
  'cold start',
  'of bare',
  'CPU an update',
  'p50 at 0 ms',
  'p99',
  'p50 at 15 ms',
  'p99',
];

interface Call {
  readonly milliseconds: number;
  readonly cpuMicroseconds: number;
}

/** Starts Node, and returns how long it took until it had answered all events. */
async function run(program: readonly string[], { environment }: StandIn) {
  const [command = '', ...parameters] = [...onProcessor(0), process.execPath, ...program];
  const startedAt = performance.now();
  const child = spawn(command, parameters, {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    env: { ...process.env, ...environment, ...functionEnvironment },
  });
  const output = child.stdio[3] as Readable;
  const [calls] = await Promise.all([text(output), once(output, 'end'), once(child, 'exit')]);
  return { milliseconds: performance.now() - startedAt, calls: JSON.parse(calls) as Call[] };
}

const functionEnvironment = {
  AWS_S3_BUCKET: 'raw',
  TELEGRAM_CHAT_ID: '-1001234567890',
  TELEGRAM_SECRET_TOKEN: 'local',
  TIME_ZONE: 'America/Sao_Paulo',
  POWERTOOLS_SERVICE_NAME: 'ingest',
  POWERTOOLS_METRICS_NAMESPACE: 'TelegramLake/bench',
};

/** API Gateway's events for generated updates. */
function writeEvents(path: string, updates: number): string {
  const day = generateDay({ day: benchDay, updates, timeZone: functionEnvironment.TIME_ZONE });
  const headers = { 'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': 'local' };
  const events = Array.from(day, ({ json }) => ({
    resource: '/webhook',
    path: '/webhook',
    httpMethod: 'POST',
    headers,
    requestContext: {},
    body: json,
    isBase64Encoded: false,
  }));
  writeFileSync(path, JSON.stringify(events));
  return path;
}

function percentile(calls: readonly Call[], share: number, of: keyof Call): number {
  const sorted = calls.map((call) => call[of]).sort((a, b) => a - b);
  return sorted[Math.floor(share * sorted.length)] ?? Number.NaN;
}

await main();
