import type { ResultTable } from '../../../query/query-runner.ts';
import type { Language } from '../../language/language.ts';
import type { Row } from '../records.ts';

/** How much of what a finding needs at least. */
export type Need = readonly [amount: number, of: keyof Language['sentences']['needs']];

/** One thing that the rows of a saved query can say. */
export interface FindingRule {
  /** The columns that it reads: a test compares them with the results of the queries whose charts name the finding. */
  readonly columns: readonly string[];
  /** The sentence, or what is missing for it to be true. */
  describe(rows: readonly Row[], language: Language, result: ResultTable): string | Need;
}
