import type { QueryRunner } from '../../query/query-runner.ts';
import { amountOf, type Row, rowsOf, textOf } from '../data/records.ts';
import {
  answersStatement,
  answerTextsStatement,
  confirmationsStatement,
  type MessageId,
  questionsStatement,
} from './faq-statements.ts';

/** A question that several people asked. */
export interface FrequentQuestion {
  /** In the wording that most people used, as one of them wrote it. */
  readonly question: string;
  /** Up to three others. */
  readonly otherWordings: readonly string[];
  readonly times: number;
  readonly people: number;
  readonly lastAsked: string;
  /** The best first; none where nobody answered. */
  readonly answers: readonly BestAnswer[];
}

export interface BestAnswer {
  readonly text: string;
  /** Everybody who wrote it. */
  readonly authors: readonly string[];
  readonly link: string | undefined;
  readonly isByBot: boolean;
  /** How many who asked said that it helped. */
  readonly confirmed: number;
  /** How many people thanked for it by a reaction. */
  readonly thanked: number;
  /** How many people replied to it. */
  readonly replied: number;
}

/** Of the answers to a question, how many are looked at: the newest. */
const lookedAt = 100;
const shownAnswers = 2;
const shownWordings = 3;

/**
 * The most frequent questions, asked by at least two people, with their best answers: those that most askers confirmed,
 * then those most people thanked for, then those with most replies. The same answer given several times counts once,
 * with all that it got.
 *
 * @param limit - how many questions
 * @throws QueryError when the engine fails
 */
export async function frequentQuestions(runner: QueryRunner, limit: number): Promise<FrequentQuestion[]> {
  const [asked, answered, confirmed] = (
    await runner.runAll([questionsStatement, answersStatement, confirmationsStatement])
  ).map(rowsOf) as [Row[], Row[], Row[]];
  const kinds = [...groupedBy(asked, (row) => `${row.chat_id} ${row.group_message_id}`).values()]
    .map((questions) => ({ questions, people: new Set(questions.map(({ author_id }) => author_id)).size }))
    .filter(({ people }) => people > 1)
    .sort((one, other) => other.questions.length - one.questions.length || other.people - one.people)
    .slice(0, limit);
  const answersOf = groupedBy(answered, questionId);
  const confirmationOf = new Map(confirmed.map((row) => [questionId(row), row]));
  const given = kinds.map(({ questions }) =>
    questions
      .flatMap((question) =>
        givenAnswers(answersOf.get(questionId(question)) ?? [], confirmationOf.get(questionId(question))),
      )
      .slice(-lookedAt),
  );
  const texts = await answerTexts(runner, given.flat());
  return kinds.map(({ questions, people }, at) => ({
    ...wordingsOf(questions),
    times: questions.length,
    people,
    lastAsked:
      questions
        .map((row) => textOf(row, 'context_date'))
        .sort()
        .at(-1) ?? '',
    answers: bestOf(given[at] ?? [], texts),
  }));
}

/** One answer to one question. */
interface GivenAnswer extends MessageId {
  readonly isConfirmed: boolean;
  /** Whether it only stands right after the question. */
  readonly isGuessed: boolean;
}

const questionId = ({ chat_id, message_id }: Row): string => `${chat_id} ${message_id}`;
const nameOf = ({ chatId, messageId }: MessageId): string => `${chatId} ${messageId}`;

/** The asker's reaction is to an answer; words of thanks are for the answer that they reply to, else for the newest before. */
function givenAnswers(rows: readonly Row[], confirmation: Row | undefined): GivenAnswer[] {
  const ids = rows.map((row) => amountOf(row, 'answer_message_id'));
  const confirmedBy = amountOf(confirmation, 'confirmed_message_id');
  const before = ids.filter((id) => id < confirmedBy);
  const named = [confirmedBy, amountOf(confirmation, 'reply_to_message_id')].find((id) => ids.includes(id));
  const confirmed = named ?? Math.max(...before, 0);
  return rows.map((row, at) => ({
    chatId: amountOf(row, 'chat_id'),
    messageId: ids[at] ?? 0,
    isConfirmed: ids[at] === confirmed,
    isGuessed: row.evidence === 'next',
  }));
}

async function answerTexts(runner: QueryRunner, ids: readonly MessageId[]): Promise<Map<string, Row>> {
  if (ids.length === 0) return new Map();
  const rows = rowsOf(await runner.run(answerTextsStatement(ids)));
  return new Map(rows.map((row) => [questionId(row), row]));
}

function bestOf(given: readonly GivenAnswer[], texts: ReadonlyMap<string, Row>): BestAnswer[] {
  const written = given.flatMap((answer) => {
    const row = texts.get(nameOf(answer));
    // What only stands after a question is an answer where the asker says so.
    return row && (answer.isConfirmed || !answer.isGuessed) ? [{ answer, row }] : [];
  });
  return [...groupedBy(written, ({ row }) => inBareWords(textOf(row, 'content'))).values()]
    .map((same) => {
      const messages = [...new Map(same.map(({ row }) => [questionId(row), row])).values()];
      const sum = (column: string) => messages.reduce((all, row) => all + amountOf(row, column), 0);
      const newest = messages.at(-1);
      return {
        text: textOf(newest, 'content').trim(),
        authors: [...new Set(messages.map((row) => textOf(row, 'author_name')).filter(Boolean))],
        link: textOf(newest, 'message_link') || undefined,
        isByBot: messages.every(({ is_bot }) => is_bot === true),
        confirmed: same.filter(({ answer }) => answer.isConfirmed).length,
        thanked: sum('thanked_amount'),
        replied: sum('replied_amount'),
      };
    })
    .filter(({ text }) => text !== '')
    .sort(
      (one, other) =>
        other.confirmed - one.confirmed ||
        other.thanked - one.thanked ||
        other.replied - one.replied ||
        other.text.length - one.text.length,
    )
    .slice(0, shownAnswers);
}

function wordingsOf(questions: readonly Row[]): Pick<FrequentQuestion, 'question' | 'otherWordings'> {
  const wordings = [...groupedBy(questions, (row) => textOf(row, 'question')).values()]
    .map((same) => ({
      example: textOf(same.at(-1), 'content').trim(),
      people: new Set(same.map(({ author_id }) => author_id)).size,
      likeness: Math.max(...same.map((row) => amountOf(row, 'likeness'))),
    }))
    .sort((one, other) => other.people - one.people || other.likeness - one.likeness);
  const [first, ...others] = wordings.map(({ example }) => example);
  return { question: first ?? '', otherWordings: others.slice(0, shownWordings) };
}

const inBareWords = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim() || text;

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
