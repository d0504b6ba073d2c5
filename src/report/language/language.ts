import type { SectionName } from '../sections.ts';
import type { Formats } from './formats.ts';

/** All words of the report in one language. */
export interface Language {
  /** By which the command line and specs name it. */
  readonly key: 'en' | 'pt';
  /** Of the page's `lang` attribute and of Intl. */
  readonly tag: string;
  readonly formats: Formats;
  /** How d3 writes numbers on axes. */
  readonly numberLocale: Readonly<Record<string, unknown>>;
  /** How d3 writes dates on axes. */
  readonly timeLocale: Readonly<Record<string, unknown>>;
  /** What columns are called in axes and tables; a column that is not here goes by its own name. */
  readonly columns: Readonly<Record<string, string>>;
  /** For a column whose values are words of a fixed list: each value's word. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly sections: Readonly<Record<SectionName | 'overview', string>>;
  readonly page: PageWords;
  readonly digest: DigestWords;
  readonly faq: FaqWords;
  readonly sentences: Sentences;
}

/** Words around the charts. */
export interface PageWords {
  readonly title: string;
  messages(amount: number): string;
  people(amount: number): string;
  days(amount: number): string;
  trend(days: number): string;
  readonly noTrend: string;
  period(first: string, last: string): string;
  /** In place of the page, where a period has no messages. */
  readonly emptyPeriod: string;
  /** In place of the trend, where there is no period before. */
  readonly noPeriodBefore: string;
  questions(amount: number): string;
  readonly answered: string;
  /** Beside a number, what it was in the period before. */
  before(value: string): string;
  /** The heading of a page of several groups. */
  severalGroups(amount: number): string;
  readonly groups: string;
  readonly allGroups: string;
  readonly groupsDescription: string;
  /** That the other parts of the page add the groups up, and how to see one. */
  summedGroups(amount: number): string;
  readonly contents: string;
  readonly empty: string;
  readonly nothing: string;
  /** Before the names of the parts that are left out. */
  readonly notEnoughData: string;
  readonly none: string;
  readonly noFrequentQuestion: string;
  readonly hiddenQuestions: string;
  readonly asTable: string;
  moreRows(shown: number, all: number, query: string): string;
  readonly yes: string;
  readonly no: string;
  asked(times: number, people: number): string;
  readonly frequentQuestions: string;
  readonly frequentQuestionsDescription: string;
  readonly openQuestions: string;
  readonly openQuestionsDescription: string;
  readonly showMessage: string;
  readonly quality: string;
  readonly qualityDescription: string;
  readonly hiddenTexts: string;
  readonly anonymous: string;
  madeAt(moment: string): string;
  readonly newestDay: string;
  readonly builtAt: string;
  readonly quarantined: string;
  /** A pseudonym's first part: one of them, by its place. */
  readonly animals: readonly string[];
}

/** Words of the digest that the page does not have. */
export interface DigestWords {
  readonly mostActive: string;
  readonly messagesADay: string;
  messagesOfLastDays(days: number): string;
  /** Which days the chart's labels are. */
  readonly mondays: string;
  askForMore(queryCommand: string): string;
}

/** Words of the frequent questions with their answers. */
export interface FaqWords {
  readonly title: string;
  about(questions: number): string;
  readonly none: string;
  readonly otherWordings: string;
  readonly unanswered: string;
  readonly byBot: string;
  confirmed(people: number): string;
  thanked(people: number): string;
  replied(people: number): string;
}

/** One sentence for each finding: what the rows of a chart say. Amounts come as numbers, days as YYYY-MM-DD. */
export interface Sentences {
  notEnoughData(needed: string): string;
  readonly needs: Readonly<
    Record<
      'days' | 'messages' | 'weeks' | 'people' | 'questions' | 'replies' | 'reactions' | 'rows',
      (amount: number) => string
    >
  >;
  /** @param facts.percent - of no use where there was nothing before */
  trend(facts: { percent: number; days: number; messages: number; before: number }): string;
  /** A period against the one before; amounts as `now` and `before`. */
  compared(facts: {
    days: number;
    messages: { now: number; before: number };
    people: { now: number; before: number };
    questions: { now: number; before: number };
    /** Undefined where one of the periods has no question. */
    answeredPercent: { now: number; before: number } | undefined;
  }): string;
  busiestDay(facts: {
    day: string;
    messages: number;
    /** Undefined where it is too small to compare with. */
    average: number | undefined;
    lastWeekAverage: number | undefined;
  }): string;
  activeDays(facts: { days: number; active: number; longestSilence: number; silenceFrom: string }): string;
  busiestHour(facts: { hour: number; messages: number; percent: number; people: number }): string;
  busiestHourOfWeek(facts: { weekday: number; hour: number; half: number }): string;
  mostActive(facts: {
    name: string;
    messages: number;
    all: number;
    leaders: number;
    percent: number;
    people: number;
  }): string;
  newcomers(facts: { people: number; newcomers: number; week: string }): string;
  replies(facts: { from: string; to: string; replies: number; mutual: number }): string;
  messageLength(facts: { name: string; characters: number; typical: number }): string;
  topQuestion(facts: { question: string; times: number; people: number }): string;
  topTerm(facts: { term: string; questions: number; second: string | undefined; isTied: boolean }): string;
  answered(facts: {
    answered: number;
    questions: number;
    percent: number;
    /** In percent of the questions: those whose asker said that it helped. */
    confirmedPercent: number;
    newest: number | undefined;
    days: number;
  }): string;
  timeToReply(facts: { typical: number; slowest: number; day: string }): string;
  openQuestions(facts: { open: number; oldWeek: number }): string;
  kinds(facts: { first: string; percent: number; second: string | undefined; secondPercent: number }): string;
  reactions(facts: { reaction: string; times: number; people: number; all: number }): string;
  topics(facts: { messages: number; topics: number; people: number }): string;
  /** Shares of all questions, in percent. */
  botAnswers(facts: { questions: number; bot: number; people: number; both: number; nobody: number }): string;
  /** `unanswered`: frequent commands that no bot answered. */
  botCommands(facts: {
    command: string;
    times: number;
    people: number;
    unanswered: readonly string[];
  }): string;
  botButtons(facts: { button: string; times: number; people: number; all: number }): string;
  /** `named`: the first of them. */
  damagedDays(facts: { days: number; named: string }): string;
  missingDays(facts: { missing: number; days: number }): string;
  unknownReplies(facts: { unknown: number; replies: number }): string;
  highest(facts: { what: string; label: string; value: string; rows: number }): string;
}
