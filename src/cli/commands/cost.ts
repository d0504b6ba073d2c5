import { Command, Option } from 'commander';
import { UsageError } from '../../base/usage-error.ts';
import type { ResultTable } from '../../query/query-runner.ts';
import type { ResultFormat } from '../../query/result-format.ts';
import {
  alternatives,
  howToLower,
  monthlyCost,
  totalOf,
  usualWorkload,
  type Workload,
} from '../cost/monthly-cost.ts';
import { pricesOf } from '../cost/prices.ts';
import { examples } from '../terminal/help-text.ts';
import { formatOf, printResult, type ResultOptions, withResultOptions } from '../terminal/result-options.ts';

interface CostOptions extends ResultOptions {
  readonly updates: number;
  readonly freshness: Workload['freshness'];
}

/** `telegram-lake cost`: what a stack costs in a month. It asks nobody: the prices are in the program. */
export function costCommand(): Command {
  return withResultOptions(new Command('cost'))
    .description('Estimate what a deployed stack costs in a month, by component and against other ways.')
    .requiredOption('--updates <number>', 'updates in a month, such as 20000, 20k or 1.5M', parseUpdates)
    .addOption(
      new Option('--freshness <freshness>', "the stack's parameter Freshness")
        .choices(['daily', 'hourly'])
        .default('daily'),
    )
    .addHelpText('after', examples('cost --updates 100k', 'cost --updates 1M --freshness hourly'))
    .action(({ updates, freshness, ...options }: CostOptions) => {
      const workload = { ...usualWorkload, updates, freshness };
      printResult(costTable(workload, formatOf(options)), options, advice(workload));
    });
}

/** The components, their total and the alternatives: dollars as text with two decimals for people, else as numbers. */
export function costTable(workload: Workload, format: ResultFormat): ResultTable {
  const lines = monthlyCost(workload);
  const rows = [
    ...lines.map(({ component, usd }) => ['component', component, usd] as const),
    ['total', 'This stack', totalOf(lines)] as const,
    ...alternatives(workload).map(({ name, usd }) => ['instead', name, usd] as const),
  ];
  return {
    columns: [
      { name: 'part', type: 'varchar' },
      { name: 'name', type: 'varchar' },
      { name: 'usd_a_month', type: 'double' },
    ],
    rows: rows.map(([part, name, usd]) => [
      part,
      name,
      format === 'table' ? usd.toFixed(2) : Math.round(usd * 10_000) / 10_000,
    ]),
  };
}

function advice(workload: Workload): string {
  const [first, second, third] = monthlyCost(workload);
  const largest = [first, second, third].flatMap((line) => (line ? [line.component] : []));
  return [
    '',
    'How to lower the three largest costs:',
    ...largest.map((component) => `- ${component}: ${howToLower[component]}`),
    '',
    'What the alternatives lack:',
    ...alternatives(workload).map(({ name, lacks }) => `- ${name}: ${lacks}`),
    '',
    `Prices of ${pricesOf.region}, ${pricesOf.asOf}, second-hand and without free tiers; assumptions: docs/cost.md`,
    '',
  ].join('\n');
}

/**
 * A number of updates, which may end in k or M.
 *
 * @throws UsageError for anything else than 1 to 300 million, for which the prices are
 */
export function parseUpdates(text: string): number {
  const [, digits, suffix = ''] = /^(\d+(?:\.\d+)?)([kM]?)$/.exec(text) ?? [];
  // As text: 1.005 * 1000000 would be no whole number.
  const updates = Number(`${digits}${{ '': '', k: 'e3', M: 'e6' }[suffix]}`);
  if (!Number.isSafeInteger(updates) || updates < 1 || updates > 300_000_000) {
    throw new UsageError('--updates must be a whole number from 1 to 300M, such as 20000, 20k or 1.5M');
  }
  return updates;
}
