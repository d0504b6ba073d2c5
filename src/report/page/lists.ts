import { type Html, html } from '../../base/html.ts';
import type { Results } from '../../query/query-runner.ts';
import { amountOf, rowsOf, textOf } from '../data/records.ts';
import { sanitizeText } from '../data/sanitize.ts';
import type { Language } from '../language/language.ts';
import { type Figure, figure } from './figure.ts';
import { table } from './table.ts';

const shownQuestions = 10;
const shownCharacters = 160;

/** The questions that are asked most, as a list: questions are read, not looked at. */
export function frequentQuestions(results: Results, language: Language): Figure {
  const { page, sentences } = language;
  const result = results.get('most-frequent-questions');
  const rows = rowsOf(result);
  // The wording of a person where it may be shown, else the words that all of them have in common.
  const words = (row: (typeof rows)[number]) =>
    sanitizeText(textOf(row, 'example') || textOf(row, 'question'), shownCharacters);
  const [first] = rows;
  const most = amountOf(first, 'question_amount');
  const lines = rows.slice(0, shownQuestions).map((row) => {
    const times = amountOf(row, 'question_amount');
    return html`<li><q><bdi>${words(row)}</bdi></q> <span class="note">${page.asked(times, amountOf(row, 'user_amount'))}</span>
<meter min="0" max="${most}" value="${times}" aria-hidden="true"></meter></li>
`;
  });
  return figure({
    id: 'most-frequent-questions',
    title: page.frequentQuestions,
    finding: first
      ? {
          sentence: sentences.topQuestion({
            question: words(first),
            times: most,
            people: amountOf(first, 'user_amount'),
          }),
          hasEnoughData: true,
        }
      : { sentence: page.nothing, hasEnoughData: false },
    body: lines.length > 0 ? html`<ol class="ranked">${lines}</ol>` : undefined,
    description: page.frequentQuestionsDescription,
    table: tableOf('most-frequent-questions', page.frequentQuestions, results, language),
  });
}

/** The questions that nobody answered, each with a link into Telegram. */
export function openQuestions(results: Results, language: Language, anonymous: boolean): Figure {
  const { page, sentences } = language;
  const rows = rowsOf(results.get('open-questions'));
  const oldWeek = rows.filter((row) => amountOf(row, 'age_hours') >= 7 * 24).length;
  const lines = rows.slice(0, shownQuestions).map((row) => {
    const link = textOf(row, 'message_link');
    // Built by the saved query from ids; anything else would be none of ours.
    const isLink = /^https:\/\/t\.me\/c\/\d+\/\d+$/.test(link);
    return html`<li><q><bdi>${sanitizeText(textOf(row, 'question'), shownCharacters)}</bdi></q>
<span class="note"><bdi>${textOf(row, 'user_first_name')}</bdi> · ${language.formats.clock(textOf(row, 'asked_at'))}${
      isLink ? html` · <a href="${link}" rel="noreferrer noopener">${page.showMessage}</a>` : undefined
    }</span></li>
`;
  });
  const list = anonymous
    ? html`<p class="note">${page.hiddenTexts}</p>`
    : html`<ul class="ranked">${lines}</ul>`;
  return figure({
    id: 'open-questions',
    title: page.openQuestions,
    finding: {
      sentence: sentences.openQuestions({ open: rows.length, oldWeek }),
      hasEnoughData: rows.length > 0,
    },
    body: rows.length > 0 ? list : undefined,
    description: page.openQuestionsDescription,
    table: tableOf('open-questions', page.openQuestions, results, language),
  });
}

function tableOf(query: string, title: string, results: Results, language: Language): Html | undefined {
  const result = results.get(query);
  return result && result.rows.length > 0 ? table(query, title, result, language) : undefined;
}
