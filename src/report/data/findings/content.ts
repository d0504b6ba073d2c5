import type { Value } from '../../../query/query-runner.ts';
import { columnLabel, valueLabel } from '../../language/labels.ts';
import { cellText, isAmount, withoutIds } from '../cell-text.ts';
import { amountOf, type Row, sumOf, textOf } from '../records.ts';
import type { FindingRule } from './rule.ts';

/** What messages are made of. */
export const content = {
  kinds: {
    columns: ['content_type', 'message_amount', 'message_share_percent'],
    describe: (rows, language) => {
      if (sumOf(rows, 'message_amount') < 20) return [20, 'messages'];
      const word = (row: Row) => valueLabel('content_type', textOf(row, 'content_type'), language);
      const [first = {}, second] = rows;
      return language.sentences.kinds({
        first: word(first),
        percent: amountOf(first, 'message_share_percent'),
        second: second && word(second),
        secondPercent: amountOf(second, 'message_share_percent'),
      });
    },
  },

  reactions: {
    columns: ['reaction', 'reaction_amount', 'user_amount'],
    describe: (rows, language) => {
      const all = sumOf(rows, 'reaction_amount');
      if (all < 10) return [10, 'reactions'];
      return language.sentences.reactions({
        reaction: valueLabel('reaction', textOf(rows[0], 'reaction'), language),
        times: amountOf(rows[0], 'reaction_amount'),
        people: amountOf(rows[0], 'user_amount'),
        all,
      });
    },
  },

  topics: {
    columns: ['message_amount', 'user_amount'],
    describe: (rows, { sentences }) => {
      const messages = sumOf(rows, 'message_amount');
      if (messages < 5) return [5, 'messages'];
      return sentences.topics({
        messages: amountOf(rows[0], 'message_amount'),
        people: amountOf(rows[0], 'user_amount'),
        topics: rows.length,
      });
    },
  },

  highest: {
    columns: [],
    // The greatest value of any query's first amount behind the first column, and what it is of.
    describe: (_, language, { columns, rows }) => {
      const [label, ...others] = withoutIds(columns);
      const amount = others.find(({ column }) => isAmount(column));
      const measured = rows.filter((row) => amount && row[amount.at] !== null);
      const [first] = measured;
      if (!label || !amount || !first || measured.length < 2) return [2, 'rows'];
      const valueIn = (row: readonly Value[]) => Number(row[amount.at]);
      const best = measured.reduce((one, other) => (valueIn(other) > valueIn(one) ? other : one), first);
      return language.sentences.highest({
        what: columnLabel(amount.column.name, language),
        label: cellText(label.column, best[label.at] ?? null, language),
        value: cellText(amount.column, best[amount.at] ?? null, language),
        rows: rows.length,
      });
    },
  },
} satisfies Readonly<Record<string, FindingRule>>;
