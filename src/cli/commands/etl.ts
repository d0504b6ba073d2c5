import { Command, Option } from 'commander';
import { readAhead } from '../../base/async/read-ahead.ts';
import { counted } from '../../base/format.ts';
import { countDays, type Day, daysBetween, isDay } from '../../base/local-day.ts';
import { UsageError } from '../../base/usage-error.ts';
import { type DayStatus, dayStatus } from '../../etl/day-status.ts';
import { daysOf, defaultLake, type Lake, openLake } from '../../lake/lake.ts';
import { dayLine, rebuildDays } from '../lake/rebuild-days.ts';
import { estimateLines } from '../stack/etl-estimate.ts';
import { describeStack, type Stack, stackLake } from '../stack/stack.ts';
import { examples } from '../terminal/help-text.ts';
import { progress } from '../terminal/progress.ts';

interface EtlOptions {
  readonly lake: string;
  readonly stack?: string;
  readonly from?: string;
  readonly to?: string;
  readonly force?: true;
  readonly parallel?: number;
  readonly dryRun?: true;
}

/** `telegram-lake etl`: brings the Parquet files of a lake up to date with its raw objects. */
export function etlCommand(): Command {
  return new Command('etl')
    .description('Rebuild the Parquet files of the days whose raw objects changed.')
    .option('--lake <folder>', 'the lake', defaultLake)
    .addOption(new Option('--stack <name>', 'a deployed stack instead: its ETL function').conflicts('lake'))
    .option('--from <day>', 'first day, YYYY-MM-DD (default: the first there is)')
    .option('--to <day>', 'last day, YYYY-MM-DD (default: the last there is)')
    .option('--force', 'rebuild days that have not changed, too')
    .addOption(
      new Option('--parallel <n>', 'on a stack: invocations of the function at once, 1 to 16 (default: 1)')
        .argParser(parseParallel)
        .conflicts('lake'),
    )
    .option('--dry-run', 'show what would be rebuilt; on a stack also the time and the cost')
    .addHelpText(
      'after',
      examples(
        'etl --lake lake/demo --from 2026-11-01 --force',
        'etl --stack telegram-lake --parallel 4 --dry-run',
      ),
    )
    .action(async (options: EtlOptions) => {
      checkRange(options);
      const run = { force: options.force ?? false, parallel: options.parallel ?? 1 };
      const work = await chosen(options);
      if (!options.dryRun) await rebuild(work, run);
      else for (const line of await estimated(work, run)) console.log(line);
    });
}

interface Run {
  readonly force: boolean;
  readonly parallel: number;
}

// More are a backfill: before it begins, one wants to know what it takes.
const daysWithoutEstimate = 31;

async function rebuild(work: ChosenDays, run: Run): Promise<void> {
  const { lake, stack, days } = work;
  const { force, parallel } = run;
  if (days.length === 0) console.log('There is no day to do.');
  if (!stack) {
    for await (const summary of rebuildDays(lake, days, { force })) console.log(dayLine(summary));
    return;
  }
  const { rebuildStackDays } = await import('../stack/stack-etl.ts');
  if (days.length > daysWithoutEstimate) {
    for (const line of await estimated(work, run)) console.error(line);
  }
  // The function reports some days at a time, a minute apart.
  const line = progress('Building', days.length, (count) => counted(count, 'day'));
  line.at(0);
  let done = 0;
  try {
    for await (const summary of rebuildStackDays(stack, days, { force, parallel })) {
      line.end();
      console.log(dayLine(summary));
      done += 1;
      line.at(done);
    }
  } finally {
    line.end();
  }
}

interface ChosenDays {
  readonly lake: Lake;
  readonly stack: Stack | undefined;
  readonly days: readonly Day[];
}

async function chosen(options: EtlOptions): Promise<ChosenDays> {
  if (options.stack === undefined) {
    if (options.parallel !== undefined)
      throw new UsageError('--parallel is for a stack: name it with --stack');
    const lake = openLake(options.lake);
    return { lake, stack: undefined, days: chosenDays(await daysOf(lake), options) };
  }
  const stack = await describeStack(options.stack);
  const lake = await stackLake(stack);
  return { lake, stack, days: chosenDays(await daysOf(lake), options) };
}

// Looks at days wait for S3, and so do little at a time.
const daysAtOnce = 16;

async function estimated({ lake, stack, days }: ChosenDays, run: Run): Promise<string[]> {
  const looks: DayStatus[] = [];
  const bar = progress('Looking', days.length, (count) => counted(count, 'day'));
  try {
    const underWay = readAhead(days, (day) => dayStatus(day, lake, { verify: !stack }), daysAtOnce);
    for await (const status of underWay) bar.at(looks.push(status));
  } finally {
    bar.end();
  }
  return estimateLines(looks, { ...run, onStack: stack !== undefined });
}

function parseParallel(text: string): number {
  const parallel = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (parallel < 1 || parallel > 16) throw new UsageError('--parallel must be a whole number from 1 to 16');
  return parallel;
}

type DayRange = Pick<EtlOptions, 'from' | 'to'>;

function checkRange({ from, to }: DayRange): void {
  for (const day of [from, to]) {
    if (day !== undefined && !isDay(day)) throw new UsageError(`${day} is not a day: use YYYY-MM-DD`);
  }
  if (from && to && to < from) throw new UsageError(`--from ${from} is after --to ${to}`);
  if (from && to && countDays(from, to) > 3_660)
    throw new UsageError('--from and --to are more than ten years apart');
}

/** The days from `from` to `to`: those that exist, and where both ends are given every day between them. */
function chosenDays(existing: readonly Day[], { from, to }: DayRange): readonly Day[] {
  if (from && to) return daysBetween(from, to);
  return existing.filter((day) => (!from || day >= from) && (!to || day <= to));
}
