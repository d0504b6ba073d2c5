import { Command, Option } from 'commander';
import { readAhead } from '../../base/async/read-ahead.ts';
import { counted } from '../../base/format.ts';
import { type Day, daysBetween } from '../../base/local-day.ts';
import { type DayStatus, dayStatus } from '../../etl/day-status.ts';
import { daysOf, defaultLake, impossibleDaysOf, type Lake, openLake } from '../../lake/lake.ts';
import { printable } from '../../query/result-format.ts';
import { StoreError } from '../../storage/object-store.ts';
import { describeStack, stackLake } from '../stack/stack.ts';
import { examples } from '../terminal/help-text.ts';
import { progress } from '../terminal/progress.ts';
import { formatOf, printResult, type ResultOptions, withResultOptions } from '../terminal/result-options.ts';

interface StatusOptions extends ResultOptions {
  readonly lake: string;
  readonly stack?: string;
}

const daysAtOnce = 8;

/** `telegram-lake status`: what a lake holds, day by day, and which days the ETL has yet to do. */
export function statusCommand(): Command {
  return withResultOptions(new Command('status'))
    .description('Show each day: raw objects, rows, and whether its file is up to date.')
    .option('--lake <folder>', 'the lake', defaultLake)
    .addOption(new Option('--stack <name>', 'a deployed stack instead').conflicts('lake'))
    .addHelpText('after', examples('status --lake lake/demo', 'status --stack telegram-lake --format csv'))
    .action(async ({ lake: folder, stack, ...options }: StatusOptions) => {
      const format = formatOf(options);
      const lake = stack === undefined ? openLake(folder) : await stackLake(await describeStack(stack));
      const days = await statusOfDays(lake, { verify: stack === undefined });
      const option = stack === undefined ? `--lake ${folder}` : `--stack ${stack}`;
      const below = [...summary(days, option), ...notShown(await impossibleDaysOf(lake))].map(
        (line) => `${line}\n`,
      );
      printResult(table(days), { ...options, format }, below.join(''));
      const problem = problemOf(days, option);
      if (problem) throw new Error(problem);
    });
}

/** What makes the command fail, if anything does. Days that could not be read were named already. */
function problemOf(days: readonly DayStatus[], option: string): string | undefined {
  const unreadable = days.filter(({ state }) => state === 'unreadable').length;
  const damaged = days.filter(({ state }) => state === 'damaged').map(({ day }) => day);
  const shown = [...damaged.slice(0, 5), ...(damaged.length > 5 ? ['…'] : [])].join(', ');
  const problems = [
    ...(unreadable > 0 ? [`${counted(unreadable, 'day')} could not be read`] : []),
    ...(damaged.length > 0
      ? [
          `${counted(damaged.length, 'day')} with a damaged file, left out of answers until ` +
            `npx telegram-lake etl ${option} rebuilds it: ${shown}`,
        ]
      : []),
  ];
  return problems.length > 0 ? problems.join('; ') : undefined;
}

/** Every day from the first to the last there is, those without anything too. */
async function statusOfDays(lake: Lake, options: { readonly verify: boolean }): Promise<DayStatus[]> {
  const existing = await daysOf(lake);
  const [first, last] = [existing[0], existing.at(-1)];
  if (first === undefined || last === undefined) return [];
  const known = new Set(existing);
  const days = daysBetween(first, last);
  const bar = progress('Looking', days.length, (count) => counted(count, 'day'));
  const look = async (day: Day): Promise<DayStatus> => {
    const nothing = { day, rawObjects: 0, rows: null, events: null, sizeBytes: null };
    if (!known.has(day)) return { ...nothing, state: 'gap' };
    try {
      return await dayStatus(day, lake, options);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      bar.end();
      console.error(`telegram-lake: ${day}: ${printable(error.message)}`);
      return { ...nothing, state: 'unreadable' };
    }
  };
  const statuses: DayStatus[] = [];
  try {
    for await (const status of readAhead(days, look, daysAtOnce)) bar.at(statuses.push(status));
  } finally {
    bar.end();
  }
  return statuses;
}

function table(days: readonly DayStatus[]) {
  const columns = [
    { name: 'day', type: 'varchar' },
    { name: 'raw_objects', type: 'bigint' },
    { name: 'rows', type: 'bigint' },
    { name: 'events', type: 'bigint' },
    { name: 'size_bytes', type: 'bigint' },
    { name: 'state', type: 'varchar' },
  ];
  const rows = days.map(({ day, rawObjects, rows, events, sizeBytes, state }) => [
    day,
    rawObjects,
    rows,
    events,
    sizeBytes,
    state,
  ]);
  return { columns, rows };
}

function notShown(impossible: readonly Day[]): string[] {
  if (impossible.length === 0) return [];
  const shown = impossible.slice(0, 5).join(', ');
  return [
    `${counted(impossible.length, 'day')} not shown, since no message can be of then: ${shown}${impossible.length > 5 ? ', …' : ''}. ` +
      'An earlier version filed messages by impossible dates; their raw objects stay as they are',
  ];
}

function summary(days: readonly DayStatus[], option: string): string[] {
  if (days.length === 0) return ['The lake is empty.'];
  const total = (count: (status: DayStatus) => number) =>
    days.reduce((sum, status) => sum + count(status), 0);
  const inState = (state: DayStatus['state']) => total((status) => (status.state === state ? 1 : 0));
  const counts = (['fresh', 'stale', 'not built', 'damaged', 'unreadable'] as const)
    .map((state) => ({ state, count: inState(state) }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count.toLocaleString('en')} ${state}`);
  const gaps = inState('gap');
  const due = inState('stale') + inState('not built') + inState('damaged') > 0;
  const older = total(({ isOlderForm }) => (isOlderForm ? 1 : 0));
  return [
    `${counted(
      total(({ rows }) => rows ?? 0),
      'row',
    )} of ${counted(
      total(({ rawObjects }) => rawObjects),
      'raw object',
    )}`,
    `${counted(days.length - gaps, 'day')}: ${counts.join(', ')}${gaps > 0 ? `; ${counted(gaps, 'day')} between them without anything` : ''}`,
    ...(older > 0
      ? [
          `${counted(older, 'day')} of the stale ${older === 1 ? 'waits' : 'wait'} for the form of this version` +
            (option.startsWith('--stack') ? ': the nightly run rebuilds them, newest first' : ''),
        ]
      : []),
    ...(due ? [`To bring them up to date: npx telegram-lake etl ${option}`] : []),
  ];
}
