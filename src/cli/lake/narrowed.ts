import { counted } from '../../base/format.ts';
import { addDays, type Day } from '../../base/local-day.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { Narrowing } from '../../query/narrowing.ts';
import type { QueryRunner } from '../../query/query-runner.ts';
import { printable } from '../../query/result-format.ts';
import { checkPeriod, type NarrowingOptions } from '../terminal/narrowing-options.ts';

/**
 * The messages that the options mean in a lake: its newest days, a chat and a person that it has.
 *
 * @param runner - asked only where the options need it
 * @throws UsageError when the lake has no such chat or person, or several persons of that name
 */
export async function narrowingOf(
  options: NarrowingOptions,
  runner: () => Promise<QueryRunner>,
): Promise<Narrowing> {
  checkPeriod(options);
  const { from, to, last, chat, user } = options;
  if (last === undefined && chat === undefined && user === undefined) return { from, to };
  const asked = await runner();
  try {
    return {
      from: last === undefined ? from : await firstDayOf(last, asked),
      to,
      chatId: chat === undefined ? undefined : await knownChat(chat, asked),
      authorId: user === undefined ? undefined : await knownAuthor(user, asked),
    };
  } finally {
    asked.close();
  }
}

/** A number of days up to the newest that has a message: an old lake has results, too. */
async function firstDayOf(days: number, runner: QueryRunner): Promise<Day | undefined> {
  const { rows } = await runner.run('SELECT max(context_date) FROM telegram');
  const newest = rows[0]?.[0];
  return typeof newest === 'string' ? addDays(newest, 1 - days) : undefined;
}

async function knownChat(id: number, runner: QueryRunner): Promise<number> {
  const { rows } = await runner.run(
    'SELECT chat_id, count(*) FROM telegram GROUP BY chat_id ORDER BY count(*) DESC, chat_id',
  );
  const known = rows.map(([chat]) => Number(chat));
  // People copy ids without the -100 that makes them a supergroup's.
  const found = [id, -1_000_000_000_000 - Math.abs(id), -id].find((candidate) => known.includes(candidate));
  if (found !== undefined) return found;
  const list = rows.slice(0, 10).map(([chat, amount]) => `${chat} (${counted(Number(amount), 'message')})`);
  throw new UsageError(`the lake has no chat ${id}. It has: ${list.join(', ') || 'none'}`);
}

async function knownAuthor(selector: string, runner: QueryRunner): Promise<number> {
  const { rows } = await runner.run(
    'SELECT author_id, author_name, author_username FROM authors ORDER BY author_id',
  );
  const folded = (text: unknown) =>
    String(text ?? '')
      .normalize('NFC')
      .toLocaleLowerCase();
  const wanted = folded(selector.replace(/^@/, ''));
  const byId = rows.filter(([id]) => String(id) === selector);
  const byName = rows.filter(([, name, username]) =>
    [name, username].some((text) => folded(text) === wanted),
  );
  const found = byId.length > 0 ? byId : byName;
  if (found.length === 1) return Number(found[0]?.[0]);
  if (found.length > 1) {
    const ids = found.map(([id]) => id).join(', ');
    throw new UsageError(
      `${found.length} people have the name "${printable(selector)}"; choose one by its id: ${ids}`,
    );
  }
  throw new UsageError(
    `nobody in the lake has the id, @username or first name "${printable(selector)}"; all people: telegram-lake query most-active-users`,
  );
}
