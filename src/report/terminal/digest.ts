import { styleText } from 'node:util';
import stringWidth from 'string-width';
import { addDays, type Day } from '../../base/local-day.ts';
import type { SavedQuery } from '../../query/query-catalog.ts';
import type { ResultTable, Value } from '../../query/query-runner.ts';
import { clipped, printable } from '../../query/result-format.ts';
import { columnChart, sparkline } from './column-chart.ts';

export interface DigestOptions {
  /** The saved queries to name at the end, with how to run one. */
  readonly queries: readonly SavedQuery[];
  /** The command that runs a saved query, up to its name: `npx telegram-lake query`. */
  readonly queryCommand: string;
  /** Whether the terminal shows color; see {@link showsColor}. */
  readonly color: boolean;
}

/** Whether color makes sense on a stream: a terminal that has it, and nobody said NO_COLOR. */
export function showsColor(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && stream.hasColors();
}

/**
 * A group on one screen, for people to read: its size, its days, its busiest hour, what is asked most and what is still
 * open. It knows nothing but what the saved queries answered; a section whose query is missing is left out.
 *
 * @param results - by the file names of the saved queries
 * @returns lines that end with a line break, at most 100 columns wide
 */
export function digest(results: ReadonlyMap<string, ResultTable>, options: DigestOptions): string {
  const records = (file: string): Row[] => recordsOf(results.get(file));
  const paint = paints(options.color);
  const days = records('messages-per-day');
  const sections =
    days.length === 0
      ? [['The lake has no messages yet.']]
      : [
          atAGlance(days, records('messages-per-user-per-day'), paint),
          messagesADay(days, paint),
          busiestHour(records('busiest-hour'), paint),
          topQuestions(records('most-frequent-questions'), paint),
          answered(records('questions-answered-per-day'), paint),
          openQuestions(records('open-questions'), paint),
        ];
  const blocks = [...sections, hints(options, paint)].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

type Row = Readonly<Record<string, Value>>;
type Paint = Readonly<Record<'heading' | 'bar' | 'quiet', (text: string) => string>>;

/** In terminal columns. */
const maximumWidth = 100;

function atAGlance(days: readonly Row[], people: readonly Row[], { heading }: Paint): string[] {
  const [first, last] = firstAndLastDay(days);
  const messages = sum(days, 'message_amount');
  const authors = new Map<Value, { name: string; messages: number }>();
  // The newest day comes first, and with it the name that a person goes by now.
  for (const { user_id, user_first_name, message_amount } of people) {
    const author = authors.get(user_id ?? null) ?? { name: shown(user_first_name ?? null, 20), messages: 0 };
    author.messages += Number(message_amount);
    authors.set(user_id ?? null, author);
  }
  const busiest = [...authors.values()]
    .sort((one, other) => other.messages - one.messages)
    .slice(0, 5)
    .map(({ name, messages }) => `${name} ${count(messages)}`);
  const period = first === last ? dayName(first) : `${dayName(first)} to ${dayName(last)}`;
  return [
    heading(
      `${plural(messages, 'message')} · ${plural(authors.size, 'author')} · ${plural(days.length, 'day')}`,
    ),
    `  ${period}`,
    ...(busiest.length > 0 ? [clipped(`  Most active: ${busiest.join(', ')}`, maximumWidth)] : []),
  ];
}

const chartDays = 35;

function messagesADay(days: readonly Row[], { heading, bar, quiet }: Paint): string[] {
  const [first, last] = firstAndLastDay(days);
  const amounts = new Map(
    days.map(({ context_date, message_amount }) => [context_date, Number(message_amount)]),
  );
  const start = [first, addDays(last, 1 - chartDays)].sort().at(-1) as Day;
  const columns = [];
  for (let day = start; day <= last; day = addDays(day, 1)) {
    const monday = new Date(`${day}T00:00:00Z`).getUTCDay() === 1;
    columns.push({ value: amounts.get(day) ?? 0, ...(monday && { label: shortDay(day) }) });
  }
  const lines = columnChart(columns, 5);
  const title = start === first ? 'Messages a day' : `Messages a day, the last ${chartDays} days`;
  const hasLabels = columns.some(({ label }) => label);
  return [
    `${heading(title)} ${quiet('(dates are Mondays)')}`,
    ...lines.map((line, index) => `  ${hasLabels && index === lines.length - 1 ? quiet(line) : bar(line)}`),
  ];
}

function busiestHour(hours: readonly Row[], { heading, bar, quiet }: Paint): string[] {
  const busiest = hours[0];
  if (!busiest) return [];
  const amounts = Array<number>(24).fill(0);
  for (const { hour_of_day, message_amount } of hours) amounts[Number(hour_of_day)] = Number(message_amount);
  const from = Number(busiest.hour_of_day);
  const clock = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00`;
  return [
    heading(`Busiest from ${clock(from)} to ${clock(from + 1)}`),
    `  ${count(Number(busiest.message_amount))} messages, ${busiest.message_share_percent} % of all, by ${plural(
      Number(busiest.user_amount),
      'author',
    )}`,
    `  ${quiet('0h')} ${bar(sparkline(amounts))} ${quiet('23h')}`,
  ];
}

function topQuestions(questions: readonly Row[], { heading, quiet }: Paint): string[] {
  const asked = questions.slice(0, 5).map(({ question_amount, user_amount, example }) => {
    const people = plural(Number(user_amount), 'author').padStart(10);
    return `  ${`${count(Number(question_amount))} ×`.padStart(6)} ${quiet(people)}  ${shown(example ?? null, 78)}`;
  });
  return asked.length > 0 ? [heading('Asked most'), ...asked] : [];
}

function answered(days: readonly Row[], { heading }: Paint): string[] {
  const asked = sum(days, 'question_amount');
  if (asked === 0) return [];
  const replied = sum(days, 'answered_amount');
  const share = Math.round((replied * 100) / asked);
  const medians = days
    .map(({ median_seconds_to_reply }) => median_seconds_to_reply)
    .filter((seconds) => seconds !== null && seconds !== undefined)
    .map(Number)
    .sort((one, other) => one - other);
  const typical = medians[Math.floor((medians.length - 1) / 2)];
  return [
    heading(`${share} % of questions answered`),
    `  ${count(replied)} of ${plural(asked, 'question')} got a reply from somebody else.`,
    ...(typical === undefined
      ? []
      : [`  On a typical day, half of the replies come within ${duration(typical)}.`]),
  ];
}

function openQuestions(questions: readonly Row[], { heading, quiet }: Paint): string[] {
  if (questions.length === 0) return [];
  const newest = questions.slice(0, 3).map(({ asked_at, user_first_name, question }) => {
    const name = padded(shown(user_first_name ?? null, 12), 12);
    return `  ${quiet(String(asked_at))}  ${name}  ${shown(question ?? null, 66)}`;
  });
  return [heading(`${plural(questions.length, 'open question')}, the newest`), ...newest];
}

function hints({ queries, queryCommand }: DigestOptions, { heading }: Paint): string[] {
  if (queries.length === 0) return [];
  const names = queries.map(({ file }) => file);
  const half = Math.ceil(names.length / 2);
  const width = Math.max(...names.slice(0, half).map(({ length }) => length));
  const lines = names
    .slice(0, half)
    .map((name, index) => `${name.padEnd(width)}   ${names[half + index] ?? ''}`);
  return [heading(`Ask for more: ${queryCommand} NAME`), ...lines.map((line) => `  ${line}`.trimEnd())];
}

function recordsOf(result: ResultTable | undefined): Row[] {
  const names = result?.columns.map(({ name }) => name) ?? [];
  return (result?.rows ?? []).map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
  );
}

const sum = (rows: readonly Row[], column: string): number =>
  rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);

function firstAndLastDay(days: readonly Row[]): [Day, Day] {
  const sorted = days.map(({ context_date }) => String(context_date)).sort();
  return [sorted.at(0) ?? '', sorted.at(-1) ?? ''];
}

/** Whatever people wrote, on one line and harmless to the terminal. */
const shown = (value: Value, width: number): string => clipped(printable(String(value ?? '')), width);

const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));

const count = (amount: number): string => amount.toLocaleString('en');

const plural = (amount: number, noun: string): string => `${count(amount)} ${noun}${amount === 1 ? '' : 's'}`;

const dayName = (day: Day): string => formatted(day, { day: 'numeric', month: 'long', year: 'numeric' });

const shortDay = (day: Day): string => formatted(day, { day: 'numeric', month: 'short' });

function formatted(day: Day, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...style, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** @example duration(95) // '2 min' */
function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3_600) return `${(seconds / 3_600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} days`;
}

function paints(color: boolean): Paint {
  const paint =
    (style: Parameters<typeof styleText>[0]) =>
    (text: string): string =>
      color ? styleText(style, text, { validateStream: false }) : text;
  return { heading: paint('bold'), bar: paint('cyan'), quiet: paint('dim') };
}
