import type { Results } from '../../../query/query-runner.ts';
import type { Language } from '../../language/language.ts';
import { amountOf, rowsOf, textOf } from '../records.ts';
import { sanitizeText } from '../sanitize.ts';
import type { Finding } from './findings.ts';

/** A question that several messages ask. */
export interface FrequentQuestion {
  /** The wording of a person where it may be shown, else the words that all of them have in common. */
  readonly words: string;
  readonly times: number;
  readonly people: number;
}

/** A question that waits for an answer. */
export interface OpenQuestion {
  readonly words: string;
  readonly author: string;
  /** As the saved query writes it: `2026-11-22 20:15`. */
  readonly askedAt: string;
  /** To the message in Telegram; undefined where there is none. */
  readonly link: string | undefined;
}

const longestQuestion = 160;

/** What is asked most, the most frequent first: nothing that was asked once, or by one person. */
export function frequentQuestions(results: Results): FrequentQuestion[] {
  return rowsOf(results.get('most-frequent-questions'))
    .map((row) => ({
      words: sanitizeText(textOf(row, 'example') || textOf(row, 'question'), longestQuestion),
      times: amountOf(row, 'question_amount'),
      people: amountOf(row, 'user_amount'),
    }))
    .filter(({ times, people }) => times > 1 && people > 1);
}

/**
 * The first of the frequent questions as a sentence.
 *
 * @param anonymous - whether the wordings of few people are hidden, so that there may be more than is shown
 */
export function topQuestionFinding(
  questions: readonly FrequentQuestion[],
  { sentences, page }: Language,
  anonymous: boolean,
): Finding {
  const [first] = questions;
  if (first)
    return { sentence: sentences.topQuestion({ ...first, question: first.words }), hasEnoughData: true };
  const needed = anonymous ? page.hiddenQuestions : page.noFrequentQuestion;
  return { sentence: needed, hasEnoughData: false, needed };
}

/** The questions without an answer, the newest first. */
export function openQuestions(results: Results): OpenQuestion[] {
  return rowsOf(results.get('open-questions')).map((row) => {
    const link = textOf(row, 'message_link');
    return {
      words: sanitizeText(textOf(row, 'question'), longestQuestion),
      author: textOf(row, 'user_first_name'),
      askedAt: textOf(row, 'asked_at'),
      // The saved query makes it of ids; the page links to nothing else.
      link: /^https:\/\/t\.me\/c\/\d+\/\d+$/.test(link) ? link : undefined,
    };
  });
}

/** How many questions are open, as a sentence. */
export function openQuestionsFinding(results: Results, { sentences }: Language): Finding {
  const rows = rowsOf(results.get('open-questions'));
  const oldWeek = rows.filter((row) => amountOf(row, 'age_hours') >= 7 * 24).length;
  return {
    sentence: sentences.openQuestions({ open: rows.length, oldWeek }),
    hasEnoughData: rows.length > 0,
  };
}
