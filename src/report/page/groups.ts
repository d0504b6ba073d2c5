import type { Results } from '../../query/query-runner.ts';
import { rowsOf, textOf } from '../data/records.ts';
import { sanitizeText } from '../data/sanitize.ts';
import type { Language } from '../language/language.ts';
import { type Figure, figure } from './figure.ts';
import { openTable } from './table.ts';

/** In characters: as long as Telegram lets a title be. */
const longestTitle = 128;

/** What the page is about: the name of the one group, or how many there are; undefined where it has no name to show. */
export function headingOf(results: Results, { page }: Language): string | undefined {
  const groups = rowsOf(results.get('groups'));
  if (groups.length > 1) return page.severalGroups(groups.length);
  return sanitizeText(textOf(groups[0], 'chat_title'), longestTitle) || undefined;
}

/** The groups of the lake side by side, so that nobody takes the sums of the page for one of them. None for one group. */
export function groupsFigure(results: Results, language: Language): Figure | undefined {
  const { page } = language;
  const groups = results.get('groups');
  if (groups === undefined || groups.rows.length < 2) return undefined;
  return figure({
    id: 'groups',
    title: page.groups,
    finding: { sentence: page.summedGroups(groups.rows.length), hasEnoughData: true },
    body: openTable(page.groups, groups, language),
    description: page.groupsDescription,
    table: undefined,
  });
}
