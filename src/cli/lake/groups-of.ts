import type { QueryRunner } from '../../query/query-runner.ts';
import { printable } from '../../query/result-format.ts';

/** A group or channel of a lake. */
export interface LakeGroup {
  readonly chatId: number;
  /** The newest; the id where none is known. */
  readonly title: string;
}

/** The groups and channels whose messages a runner sees, the one with most messages first. */
export async function groupsOf(runner: QueryRunner): Promise<LakeGroup[]> {
  const { rows } = await runner.run(
    'SELECT chat_id, max_by(chat_title, CASE WHEN chat_title IS NOT NULL THEN message_id END), count(*) ' +
      "FROM telegram WHERE chat_id IS NOT NULL AND coalesce(chat_type, '') <> 'private' " +
      'GROUP BY chat_id ORDER BY count(*) DESC, chat_id',
  );
  return rows.map(([chatId, title]) => ({ chatId: Number(chatId), title: String(title ?? chatId) }));
}

/** Says on stderr that the numbers that follow add several groups up, and how to see one of them. */
export function noteSeveral(groups: readonly LakeGroup[]): void {
  if (groups.length < 2) return;
  const named = groups.slice(0, 3).map(({ chatId, title }) => `${chatId} (${printable(title)})`);
  const list = [...named, ...(groups.length > named.length ? ['…'] : [])].join(', ');
  console.error(
    `telegram-lake: ${groups.length} groups are added up here: ${list}. For one of them: --chat ID; ` +
      'side by side: telegram-lake query groups',
  );
}
