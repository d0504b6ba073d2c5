import { countDays } from '../base/local-day.ts';
import type { Results } from '../query/query-runner.ts';
import { comparisonOf } from './data/comparison.ts';
import { findingOf } from './data/findings/findings.ts';
import { openQuestionsFinding } from './data/findings/question-lists.ts';
import { overviewOf } from './data/overview.ts';
import type { FindingName } from './finding-names.ts';
import type { Language } from './language/language.ts';
import type { Period } from './page/overview.ts';

/** The findings of the summary, and the saved queries whose rows they describe. */
const found: readonly [query: string, name: FindingName][] = [
  ['busiest-hour', 'busiest-hour'],
  ['most-active-users', 'most-active'],
  ['questions-answered-per-day', 'answered'],
];

/**
 * The report in a few lines, for a message: of which days, how much against before, and the main findings.
 *
 * @param results - with names as they are to be shown
 */
export function summaryOf(results: Results, language: Language, period: Period | undefined): string[] {
  const { page, formats, sentences } = language;
  const { messages, people, firstDate, lastDate, trend } = overviewOf(results);
  const [from, to] = [period?.from ?? firstDate, period?.to ?? lastDate];
  if (messages === 0) return [period ? page.emptyPeriod : page.empty];
  const compared = period?.before && comparisonOf(results, period.before, countDays(from, to));
  const amounts = [
    `${formats.count(messages)} ${page.messages(messages)}`,
    `${formats.count(people)} ${page.people(people)}`,
  ].join(', ');
  const findings = found.flatMap(([query, name]) => {
    const result = results.get(query);
    if (!result || result.rows.length === 0) return [];
    const { sentence, hasEnoughData } = findingOf(name, result, language);
    return hasEnoughData ? [sentence] : [];
  });
  const open = openQuestionsFinding(results, language);
  return [
    page.period(formats.day(from), formats.day(to)),
    compared ? sentences.compared(compared) : trend && !period ? sentences.trend(trend) : `${amounts}.`,
    ...findings,
    ...(open.hasEnoughData ? [open.sentence] : []),
  ];
}
