import { styleText } from 'node:util';
import stringWidth from 'string-width';
import { addDays } from '../../base/local-day.ts';
import type { SavedQuery } from '../../query/query-catalog.ts';
import type { Results } from '../../query/query-runner.ts';
import { clipped, printable, wrapped } from '../../query/result-format.ts';
import { findingOf } from '../data/findings/findings.ts';
import { frequentQuestions, openQuestions, openQuestionsFinding } from '../data/findings/question-lists.ts';
import { overviewOf } from '../data/overview.ts';
import { withDistinctNames } from '../data/people.ts';
import { amountOf, rowsOf, textOf } from '../data/records.ts';
import { sanitizeResults } from '../data/sanitize.ts';
import type { FindingName } from '../finding-names.ts';
import type { Language } from '../language/language.ts';
import { columnChart, sparkline } from './column-chart.ts';

export interface DigestOptions {
  readonly language: Language;
  /** The saved queries that are listed at the end. */
  readonly queries: readonly SavedQuery[];
  /** The command that runs a saved query, up to its name: `npx telegram-lake query`. */
  readonly queryCommand: string;
  /** Whether the terminal shows color; see {@link showsColor}. */
  readonly color: boolean;
}

/** Whether a stream is a terminal with color, and NO_COLOR is not set. */
export function showsColor(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && stream.hasColors();
}

/** The saved queries that the digest reads. */
export const queriesOfDigest = [
  'busiest-hour',
  'group-at-a-glance',
  'messages-per-calendar-day',
  'most-active-users',
  'most-frequent-questions',
  'open-questions',
  'questions-answered-per-day',
];

/**
 * A group on one screen: its size, its days, its busiest hour, what is asked most and what is still open, in the
 * sentences of the report's page. A part without data is left out.
 *
 * @param results - by the file names of the saved queries
 * @returns lines that end with a line break, at most 100 columns wide
 */
export function digest(results: Results, options: DigestOptions): string {
  const shown = withDistinctNames(sanitizeResults(results));
  const context = { results: shown, language: options.language, paint: paints(options.color) };
  const sections =
    overviewOf(shown).messages === 0
      ? [[options.language.page.empty]]
      : [
          overview(context),
          messagesADay(context),
          busiestHour(context),
          askedMost(context),
          answered(context),
          stillOpen(context),
        ];
  const blocks = [...sections, hints(options, context.paint)].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

type Paint = Readonly<Record<'heading' | 'bar' | 'quiet', (text: string) => string>>;

interface Context {
  readonly results: Results;
  readonly language: Language;
  readonly paint: Paint;
}

/** In terminal columns. */
const maximumWidth = 100;

function overview({ results, language, paint }: Context): string[] {
  const { page, formats, digest: words } = language;
  const { messages, people, days, firstDate, lastDate } = overviewOf(results);
  const authors = rowsOf(results.get('most-active-users'))
    .slice(0, 5)
    .map(
      (row) =>
        `${printed(textOf(row, 'user_first_name'), 20)} ${formats.count(amountOf(row, 'message_amount'))}`,
    );
  const counted = (amount: number, noun: (amount: number) => string) =>
    `${formats.count(amount)} ${noun(amount)}`;
  return [
    paint.heading(
      [counted(messages, page.messages), counted(people, page.people), counted(days, page.days)].join(' · '),
    ),
    `  ${page.period(formats.day(firstDate), formats.day(lastDate))}`,
    ...(authors.length > 0 ? [clipped(`  ${words.mostActive}: ${authors.join(', ')}`, maximumWidth)] : []),
  ];
}

const chartDays = 35;

function messagesADay({ results, language, paint }: Context): string[] {
  const { digest: words, formats } = language;
  const rows = rowsOf(results.get('messages-per-calendar-day'));
  const amounts = new Map(rows.map((row) => [textOf(row, 'context_date'), amountOf(row, 'message_amount')]));
  const days = [...amounts.keys()].sort();
  const [first, last] = [days.at(0), days.at(-1)];
  if (!first || !last) return [];
  const start = [first, addDays(last, 1 - chartDays)].sort().at(-1) ?? first;
  const columns = [];
  for (let day = start; day <= last; day = addDays(day, 1)) {
    const isMonday = new Date(`${day}T00:00:00Z`).getUTCDay() === 1;
    columns.push({ value: amounts.get(day) ?? 0, ...(isMonday && { label: formats.dayOfMonth(day) }) });
  }
  const lines = columnChart(columns, 5, formats.count);
  const hasLabels = columns.some(({ label }) => label);
  const title = start === first ? words.messagesADay : words.messagesOfLastDays(chartDays);
  return [
    `${paint.heading(title)}${hasLabels ? ` ${paint.quiet(words.mondays)}` : ''}`,
    ...lines.map(
      (line, index) => `  ${hasLabels && index === lines.length - 1 ? paint.quiet(line) : paint.bar(line)}`,
    ),
  ];
}

function busiestHour(context: Context): string[] {
  const { results, language, paint } = context;
  const lines = sentencesOf(context, 'busiest-hour', 'busiest-hour');
  if (lines.length === 0) return [];
  const amounts = Array<number>(24).fill(0);
  for (const row of rowsOf(results.get('busiest-hour'))) {
    amounts[amountOf(row, 'hour_of_day')] = amountOf(row, 'message_amount');
  }
  const [midnight, lastHour] = [0, 23].map(language.formats.hour);
  return [
    ...lines,
    `  ${paint.quiet(midnight ?? '')} ${paint.bar(sparkline(amounts))} ${paint.quiet(lastHour ?? '')}`,
  ];
}

function askedMost({ results, language, paint }: Context): string[] {
  const asked = frequentQuestions(results).slice(0, 5);
  if (asked.length === 0) return [];
  const counts = asked.map(({ times, people }) => language.page.asked(times, people));
  const width = Math.max(...counts.map((count) => stringWidth(count)));
  const lines = asked.map(
    ({ words }, index) =>
      `  ${paint.quiet(padded(counts[index] ?? '', width))}  ${printed(words, maximumWidth - width - 4)}`,
  );
  return [paint.heading(language.page.frequentQuestions), ...lines];
}

function answered(context: Context): string[] {
  return [
    ...sentencesOf(context, 'questions-answered-per-day', 'answered'),
    ...sentencesOf(context, 'questions-answered-per-day', 'time-to-reply'),
  ];
}

function stillOpen({ results, language, paint }: Context): string[] {
  const finding = openQuestionsFinding(results, language);
  if (!finding.hasEnoughData) return [];
  const lines = openQuestions(results)
    .slice(0, 3)
    .map(({ askedAt, author, words }) => {
      const name = padded(printed(author, 12), 12);
      return `  ${paint.quiet(language.formats.clock(askedAt))}  ${name}  ${printed(words, 60)}`;
    });
  return [...wrapped(finding.sentence, maximumWidth), ...lines];
}

/** What the rows of a saved query say; nothing where they are too few. */
function sentencesOf({ results, language }: Context, query: string, name: FindingName): string[] {
  const result = results.get(query);
  if (!result || result.rows.length === 0) return [];
  const { sentence, hasEnoughData } = findingOf(name, result, language);
  return hasEnoughData ? wrapped(sentence, maximumWidth) : [];
}

function hints({ queries, queryCommand, language }: DigestOptions, { heading }: Paint): string[] {
  if (queries.length === 0) return [];
  const names = queries.map(({ file }) => file);
  const half = Math.ceil(names.length / 2);
  const width = Math.max(...names.slice(0, half).map(({ length }) => length));
  const lines = names
    .slice(0, half)
    .map((name, index) => `${name.padEnd(width)}   ${names[half + index] ?? ''}`);
  return [heading(language.digest.askForMore(queryCommand)), ...lines.map((line) => `  ${line}`.trimEnd())];
}

/** What people wrote, on one line and harmless to the terminal. */
const printed = (text: string, width: number): string => clipped(printable(text), width);

const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));

function paints(color: boolean): Paint {
  const paint =
    (style: Parameters<typeof styleText>[0]) =>
    (text: string): string =>
      color ? styleText(style, text, { validateStream: false }) : text;
  return { heading: paint('bold'), bar: paint('cyan'), quiet: paint('dim') };
}
