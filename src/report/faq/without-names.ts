import type { BestAnswer, FrequentQuestion } from './faq.ts';

/** What stands for a name, a mention or a number in a text. */
const hidden = '…';

/**
 * A text without who is named in it: without @mentions, links to users, e-mail addresses, telephone numbers, and the
 * names of these people where they are written with a capital letter or called at the beginning.
 *
 * @param names - what the authors of the lake are called
 */
export function withoutNames(text: string, names: ReadonlySet<string>): string {
  const isName = (word: string) => names.has(word.toLocaleLowerCase());
  return text
    .replaceAll(/[\w.+-]+@[\w-]+\.[\w.-]+/g, hidden)
    .replaceAll(/tg:\/\/\S+|\b(?:t|telegram)\.me\/\S+/gi, hidden)
    .replaceAll(/(?<![\w/])@\w{3,}/g, `@${hidden}`)
    .replaceAll(/(?<![\w/.-])\+?\(?\d[\d\s().-]{7,}\d(?![\w/])/g, (digits) =>
      digits.replaceAll(/\D/g, '').length >= 9 ? hidden : digits,
    )
    .replace(/^\p{L}+(?=\s*[,:!])/u, (word) => (isName(word) ? hidden : word))
    .replaceAll(/(?<![\p{L}\p{N}_])\p{Lu}\p{L}+/gu, (word) => (isName(word) ? hidden : word));
}

/** The words by which people are called, in small letters: first names and family names of at least three letters. */
export function calledNames(authors: readonly string[]): ReadonlySet<string> {
  const words = authors.flatMap((name) => name.match(/\p{L}{3,}/gu) ?? []);
  return new Set(words.map((word) => word.toLocaleLowerCase()));
}

/** Frequent questions without who asked and answered, and without who is named. */
export function anonymousQuestions(
  questions: readonly FrequentQuestion[],
  names: ReadonlySet<string>,
): FrequentQuestion[] {
  const clean = (text: string) => withoutNames(text, names);
  const answer = (best: BestAnswer): BestAnswer => ({
    ...best,
    text: clean(best.text),
    authors: [],
    link: undefined,
  });
  return questions.map((frequent) => ({
    ...frequent,
    question: clean(frequent.question),
    otherWordings: frequent.otherWordings.map(clean),
    answers: frequent.answers.map(answer),
  }));
}
