import { Command, Option } from 'commander';
import type { DaySummary } from '../etl/run-day.ts';
import { addDays, type Day, daysBetween, isDay } from '../lake/local-day.ts';
import { examples } from './help-text.ts';
import { daysOf, defaultLake, openLake } from './local-lake.ts';
import { dayLine, rebuildDays } from './rebuild-days.ts';
import { describeStack, stackLake } from './stack.ts';
import { UsageError } from './usage-error.ts';

interface EtlOptions {
  readonly lake: string;
  readonly stack?: string;
  readonly from?: string;
  readonly to?: string;
  readonly force?: true;
}

/** `telegram-lake etl`: brings the Parquet files of a lake up to date with its raw objects. */
export function etlCommand(): Command {
  return new Command('etl')
    .description('Turn the days whose raw objects changed into Parquet files.')
    .option('--lake <folder>', 'the lake', defaultLake)
    .addOption(new Option('--stack <name>', 'a deployed stack instead: its ETL function').conflicts('lake'))
    .option('--from <day>', 'first day, YYYY-MM-DD (default: the first there is)')
    .option('--to <day>', 'last day, YYYY-MM-DD (default: the last there is)')
    .option('--force', 'rebuild days that have not changed, too')
    .addHelpText(
      'after',
      examples('etl --lake lake/demo --from 2026-11-01 --force', 'etl --stack telegram-lake'),
    )
    .action(async (options: EtlOptions) => {
      checkRange(options);
      const force = options.force ?? false;
      let count = 0;
      for await (const summary of summaries(options, force)) {
        console.log(dayLine(summary));
        count += 1;
      }
      if (count === 0) console.log('There is no day to do.');
    });
}

async function* summaries(options: EtlOptions, force: boolean): AsyncGenerator<DaySummary> {
  if (options.stack === undefined) {
    const lake = openLake(options.lake);
    yield* rebuildDays(lake, chosenDays(await daysOf(lake), options), { force });
    return;
  }
  const stack = await describeStack(options.stack);
  const { rebuildStackDays } = await import('./stack-etl.ts');
  const days = chosenDays(await daysOf(await stackLake(stack)), options);
  yield* rebuildStackDays(stack, days, { force });
}

type DayRange = Pick<EtlOptions, 'from' | 'to'>;

function checkRange({ from, to }: DayRange): void {
  for (const day of [from, to]) {
    if (day !== undefined && !isDay(day)) throw new UsageError(`${day} is not a day: use YYYY-MM-DD`);
  }
  if (from && to && to < from) throw new UsageError(`--from ${from} is after --to ${to}`);
  if (from && to && addDays(from, 3_660) < to)
    throw new UsageError('--from and --to are more than ten years apart');
}

/** The days from `from` to `to`: those that exist, and where both ends are given every day between them. */
function chosenDays(existing: readonly Day[], { from, to }: DayRange): readonly Day[] {
  if (from && to) return daysBetween(from, to);
  return existing.filter((day) => (!from || day >= from) && (!to || day <= to));
}
