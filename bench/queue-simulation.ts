import { markdownTable } from '../tools/markdown-table.ts';
import { randomNumbers } from './random.ts';
import { playQueue, type QueueOutcome, type QueueScenario } from './telegram-queue.ts';

/**
 * `npm run bench:queue` plays Telegram's queue through outages of the store, and prints the tables of
 * docs/scale.md. Nothing in it is measured, and it gives the same on every machine.
 */
const perDay = 86_400;

const usual: Omit<QueueScenario, 'updatesPerSecond' | 'outageSeconds' | 'random'> = {
  chats: 1,
  retryAfterSeconds: 5,
  deliverySeconds: 0.1,
  maxConnections: 40,
  requestsPerSecond: 100,
  updateBytes: 500,
};

export function outageTable(): string {
  const rows = [1_000, 10_000, 100_000, 500_000].flatMap((updates) =>
    [1, 12, 24].map((hours) => [updates.toLocaleString('en'), `${hours} h`, ...cells(play(updates, hours))]),
  );
  return markdownTable(['updates a day', 'outage', ...head], rows);
}

/** What changes the outcome, for the same outage. */
export function variationTable(): string {
  const variations: [string, number, Partial<QueueScenario>][] = [
    ['as above: `Retry-After: 5`, 0.1 s a delivery', 100_000, {}],
    ['no `Retry-After`: pauses of 60 to 120 s', 100_000, { retryAfterSeconds: undefined }],
    ['0.25 s a delivery: a region far from Telegram', 100_000, { deliverySeconds: 0.25 }],
    ['updates of 4,000 bytes', 100_000, { updateBytes: 4_000 }],
    ['the same updates from 100 chats', 100_000, { chats: 100 }],
    ['1,000,000 a day from 100 chats', 1_000_000, { chats: 100 }],
    ['… with `max_connections` 100', 1_000_000, { chats: 100, maxConnections: 100 }],
    [
      '… and `WebhookRateLimit` 1000',
      1_000_000,
      { chats: 100, maxConnections: 100, requestsPerSecond: 1_000 },
    ],
  ];
  return markdownTable(
    ['12 hours of outage', ...head],
    variations.map(([name, updates, changes]) => [name, ...cells(play(updates, 12, changes))]),
  );
}

const head = ['lost', 'of them too old', 'most pending', 'longest delay', 'caught up after'];

function play(updates: number, hours: number, changes: Partial<QueueScenario> = {}): QueueOutcome {
  return playQueue({
    ...usual,
    updatesPerSecond: updates / perDay,
    outageSeconds: hours * 3_600,
    random: randomNumbers(20_261_122),
    ...changes,
  });
}

function cells(outcome: QueueOutcome): string[] {
  const { lostToFullQueue, lostToAge, mostPending, longestDelaySeconds, catchUpSeconds } = outcome;
  const count = (value: number) => value.toLocaleString('en');
  return [
    count(lostToFullQueue + lostToAge),
    count(lostToAge),
    count(mostPending),
    duration(longestDelaySeconds),
    duration(catchUpSeconds),
  ];
}

function duration(seconds: number): string {
  if (seconds === Number.POSITIVE_INFINITY) return 'never';
  const units: [string, number][] = [
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ];
  const [unit, length] = units.find(([, each]) => seconds >= 2 * each) ?? ['s', 1];
  return `${(seconds / length).toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`;
}

if (import.meta.main) {
  console.log(`${outageTable()}\n\n${variationTable()}`);
}
