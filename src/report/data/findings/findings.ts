import type { ResultTable } from '../../../query/query-runner.ts';
import type { FindingName } from '../../finding-names.ts';
import type { Language } from '../../language/language.ts';
import { rowsOf } from '../records.ts';
import { bot } from './bot.ts';
import { content } from './content.ts';
import { people } from './people.ts';
import { questions } from './questions.ts';
import { rhythm } from './rhythm.ts';
import type { FindingRule, Need } from './rule.ts';

/** What the rows of a chart say: one sentence. */
export interface Finding {
  readonly sentence: string;
  /** False where the sentence says that there is too little data for one. */
  readonly hasEnoughData: boolean;
  /** What is missing, such as `7 days`; undefined where there is enough, or nothing at all. */
  readonly needed?: string;
}

/** The rule of each finding. */
export const findingRules: Readonly<Record<FindingName, FindingRule>> = {
  ...rhythm,
  ...people,
  ...questions,
  ...content,
  ...bot,
};

/**
 * One sentence that the rows of a chart say, or that there are too few of them to say anything.
 *
 * @param result - of the chart's saved query, with at least one row
 */
export function findingOf(name: FindingName, result: ResultTable, language: Language): Finding {
  const found = findingRules[name].describe(rowsOf(result), language, result);
  return typeof found === 'string'
    ? { sentence: found, hasEnoughData: true }
    : notEnoughData(found, language);
}

export function notEnoughData([amount, of]: Need, { sentences }: Language): Finding {
  const needed = sentences.needs[of](amount);
  return { sentence: sentences.notEnoughData(needed), hasEnoughData: false, needed };
}
