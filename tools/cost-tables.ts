import {
  alternatives,
  type Component,
  monthlyCost,
  totalOf,
  usualWorkload,
} from '../src/cli/cost/monthly-cost.ts';
import { prices } from '../src/cli/cost/prices.ts';
import { markdownTable } from './markdown-table.ts';

const sizes = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];
const head = ['a month, in US dollars', '10 k', '100 k', '1 M', '10 M', '100 M'];

/** The bill by component and by updates a month, and what else it could be. */
export function costTable(): string {
  const bills = sizes.map((updates) => monthlyCost({ ...usualWorkload, updates }));
  const rows = largestFirst(bills.at(-1) ?? []).map((component) => [
    component,
    ...bills.map((bill) => dollars(bill.find((line) => line.component === component)?.usd ?? 0)),
  ]);
  return markdownTable(head, [...rows, ['**This stack**', ...bills.map((bill) => bold(totalOf(bill)))]]);
}

/** The stack, daily and hourly, beside the other ways. */
export function alternativesTable(): string {
  const total = (updates: number, freshness: 'daily' | 'hourly') =>
    totalOf(monthlyCost({ ...usualWorkload, updates, freshness }));
  const others = sizes.map((updates) => alternatives({ ...usualWorkload, updates }));
  const names = others[0]?.map(({ name, lacks }) => ({ name, lacks })) ?? [];
  return markdownTable(
    [...head, 'what it lacks'],
    [
      ['**This stack**', ...sizes.map((updates) => bold(total(updates, 'daily'))), ''],
      ['The same, `Freshness=hourly`', ...sizes.map((updates) => dollars(total(updates, 'hourly'))), ''],
      ...names.map(({ name, lacks }, index) => [
        name,
        ...others.map((each) => dollars(each[index]?.usd ?? 0)),
        lacks,
      ]),
    ],
  );
}

/** The prices that the bill is made of. */
export function pricesTable(): string {
  return markdownTable(
    ['price of', 'US dollars', 'for each'],
    Object.values(prices).map(({ of, usd, unit }) => [of, String(usd), unit]),
  );
}

function largestFirst(bill: readonly { readonly component: Component }[]): Component[] {
  return bill.map(({ component }) => component);
}

function dollars(usd: number): string {
  const digits = usd >= 100 ? 0 : 2;
  return usd.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const bold = (usd: number): string => `**${dollars(usd)}**`;
