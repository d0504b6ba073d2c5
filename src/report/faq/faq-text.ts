import { sanitizeText } from '../data/sanitize.ts';
import type { Language } from '../language/language.ts';
import type { BestAnswer, FrequentQuestion } from './faq.ts';

/** As long as a message of Telegram may be. */
const longestText = 4096;

/** Frequent questions as Markdown; those without an answer are listed at the end. */
export function faqMarkdown(questions: readonly FrequentQuestion[], { page, faq }: Language): string {
  const creditOf = ({ authors, confirmed, thanked, replied, isByBot, link }: BestAnswer): string =>
    [
      ...(authors.length > 0 ? [oneLine(authors.join(', '))] : isByBot ? [faq.byBot] : []),
      ...(confirmed > 0 ? [faq.confirmed(confirmed)] : []),
      ...(thanked > 0 ? [faq.thanked(thanked)] : []),
      ...(confirmed + thanked === 0 ? [faq.replied(replied)] : []),
      ...(link ? [`<${link}>`] : []),
    ].join(', ');
  const answered = questions.filter(({ answers }) => answers.length > 0);
  const open = questions.filter(({ answers }) => answers.length === 0);
  const parts = answered.map((frequent, at) => {
    const { question, otherWordings, times, people, answers } = frequent;
    return [
      `## ${at + 1}. ${oneLine(question)}`,
      `${page.asked(times, people)}.`,
      ...(otherWordings.length > 0 ? [`${faq.otherWordings} ${otherWordings.map(oneLine).join(' / ')}`] : []),
      ...answers.map((answer) => `${quoted(answer.text)}\n>\n> — ${creditOf(answer)}`),
    ].join('\n\n');
  });
  const unanswered = open.map(
    ({ question, times, people }) => `- ${oneLine(question)} (${page.asked(times, people)})`,
  );
  return [
    `# ${faq.title}`,
    questions.length === 0 ? faq.none : faq.about(questions.length),
    ...parts,
    ...(unanswered.length > 0 ? [`## ${faq.unanswered}`, unanswered.join('\n')] : []),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

/** The same for programs, such as a bot that answers. */
export function faqJson(questions: readonly FrequentQuestion[]): string {
  return `${JSON.stringify({ madeBy: 'telegram-lake faq', questions }, null, 2)}\n`;
}

const oneLine = (text: string): string => escaped(sanitizeText(text, 300));

/** Line by line, so that code stays as it was written. */
function quoted(text: string): string {
  const lines = text.slice(0, longestText).split(/\r?\n/);
  return lines.map((line) => `> ${escaped(sanitizeText(line, longestText))}`.trimEnd()).join('\n');
}

/** As it was written, and not as Markdown or HTML that somebody put into a message. Addresses stay links. */
function escaped(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>]+)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll(/[\\`*_[\]<>~|#]/g, '\\$&')))
    .join('')
    .replace(/^([-+]|\d+[.)])(?=\s)/, '\\$1');
}
