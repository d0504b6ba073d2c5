import { Command } from 'commander';
import { addDays, type Day, daysBetween, isDay } from '../lake/local-day.ts';
import { daysOf, defaultLake, openLake } from './local-lake.ts';
import { dayLine, rebuildDays } from './rebuild-days.ts';
import { UsageError } from './usage-error.ts';

interface EtlOptions {
  readonly lake: string;
  readonly from?: string;
  readonly to?: string;
  readonly force?: true;
}

/** `telegram-lake etl`: brings the Parquet files of a lake up to date with its raw objects. */
export function etlCommand(): Command {
  return new Command('etl')
    .description('Turn the days whose raw objects changed into Parquet files.')
    .option('--lake <folder>', 'the lake', defaultLake)
    .option('--from <day>', 'first day, YYYY-MM-DD (default: the first there is)')
    .option('--to <day>', 'last day, YYYY-MM-DD (default: the last there is)')
    .option('--force', 'rebuild days that have not changed, too')
    .addHelpText('after', '\nExample:\n  $ npx telegram-lake etl --lake lake/demo --from 2026-11-01 --force')
    .action(async (options: EtlOptions) => {
      const lake = openLake(options.lake);
      const days = chosenDays(await daysOf(lake), options);
      if (days.length === 0) console.log('There is no day to do.');
      for await (const summary of rebuildDays(lake, days, { force: options.force ?? false })) {
        console.log(dayLine(summary));
      }
    });
}

/** The days from `from` to `to`: those that exist, and where both ends are given every day between them. */
function chosenDays(existing: readonly Day[], { from, to }: Pick<EtlOptions, 'from' | 'to'>): readonly Day[] {
  for (const day of [from, to]) {
    if (day !== undefined && !isDay(day)) throw new UsageError(`${day} is not a day: use YYYY-MM-DD`);
  }
  if (from && to && to < from) throw new UsageError(`--from ${from} is after --to ${to}`);
  if (from && to && addDays(from, 3_660) < to)
    throw new UsageError('--from and --to are more than ten years apart');
  if (from && to) return daysBetween(from, to);
  return existing.filter((day) => (!from || day >= from) && (!to || day <= to));
}
