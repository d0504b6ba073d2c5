import { type Html, html } from '../../base/html.ts';
import type { Results } from '../../query/query-runner.ts';
import {
  frequentQuestions,
  openQuestions,
  openQuestionsFinding,
  topQuestionFinding,
} from '../data/findings/question-lists.ts';
import type { Language } from '../language/language.ts';
import { type Figure, figure } from './figure.ts';
import { table } from './table.ts';

const shownQuestions = 10;

/** The questions that are asked most, as a list: a question is read, and a chart would cut it. */
export function frequentQuestionsFigure(results: Results, language: Language, anonymous: boolean): Figure {
  const { page } = language;
  const questions = frequentQuestions(results);
  const most = questions[0]?.times ?? 0;
  const lines = questions.slice(0, shownQuestions).map(
    ({ words, times, people }) =>
      html`<li><q><bdi>${words}</bdi></q> <span class="note">${page.asked(times, people)}</span>
<meter min="0" max="${most}" value="${times}" aria-hidden="true"></meter></li>
`,
  );
  return figure({
    id: 'most-frequent-questions',
    title: page.frequentQuestions,
    finding: topQuestionFinding(questions, language, anonymous),
    body: lines.length > 0 ? html`<ol class="ranked">${lines}</ol>` : undefined,
    description: page.frequentQuestionsDescription,
    table: tableOf('most-frequent-questions', page.frequentQuestions, results, language),
  });
}

/** The questions without an answer, each with a link into Telegram. */
export function openQuestionsFigure(results: Results, language: Language, anonymous: boolean): Figure {
  const { page, formats } = language;
  const questions = openQuestions(results);
  const lines = questions.slice(0, shownQuestions).map(
    ({ words, author, askedAt, link }) =>
      html`<li><q><bdi>${words}</bdi></q>
<span class="note"><bdi>${author}</bdi> · ${formats.clock(askedAt)}${
        link ? html` · <a href="${link}" rel="noreferrer noopener">${page.showMessage}</a>` : undefined
      }</span></li>
`,
  );
  const list = anonymous
    ? html`<p class="note">${page.hiddenTexts}</p>`
    : html`<ul class="ranked">${lines}</ul>`;
  return figure({
    id: 'open-questions',
    title: page.openQuestions,
    finding: openQuestionsFinding(results, language),
    body: questions.length > 0 ? list : undefined,
    description: page.openQuestionsDescription,
    table: tableOf('open-questions', page.openQuestions, results, language),
  });
}

function tableOf(query: string, title: string, results: Results, language: Language): Html | undefined {
  const result = results.get(query);
  return result && result.rows.length > 0 ? table(query, title, result, language) : undefined;
}
