import type { MessageRow } from '../lake/columns.ts';

/**
 * One row for each message among rows that share a second: its newest version. Sorted by chat and message.
 *
 * The webhook's version wins over the import's, because it knows more of the sender and the topic. Only an edit that
 * the webhook missed wins over it: a later `edit_date` with another text (a reaction changes the date alone).
 *
 * @param rows - every version of every message that was sent in one second, in any order
 */
export function newestVersions(rows: readonly MessageRow[]): readonly MessageRow[] {
  if (rows.length < 2) return rows;
  const received = withSent(
    newestByIdentity(
      rows.filter(({ source }) => source !== 'import' && source !== 'sent' && source !== 'reply'),
    ),
    newestByIdentity(rows.filter(({ source }) => source === 'sent')),
  );
  const imported = newestByIdentity(rows.filter(({ source }) => source === 'import'));
  const kept = new Set(received.values());
  for (const [identity, row] of imported) {
    if (isNumberedPerAccount(row)) continue;
    const other = received.get(identity);
    if (other && !isMissedEdit(row, other)) continue;
    if (other) kept.delete(other);
    kept.add(row);
  }
  for (const row of withoutCounterpart([...imported.values()], [...received.values()])) kept.add(row);
  return withRemarks([...kept, ...seenNowhereElse(rows, [...kept])], rows).sort(byIdentity);
}

/** Messages that only replies to them, or buttons pressed on them, have shown. */
function seenNowhereElse(rows: readonly MessageRow[], kept: readonly MessageRow[]): readonly MessageRow[] {
  const there = new Set(kept.map(identityOf));
  const shown = [...newestByIdentity(rows.filter(({ source }) => source === 'reply'))]
    .filter(([identity]) => !there.has(identity))
    .map(([, row]) => row);
  const ofOneCount = shown.filter((row) => !isNumberedPerAccount(row));
  return [...ofOneCount, ...withoutCounterpart(shown, kept)];
}

/** What a bot has said of its message is kept with the message, whichever version of it is. */
function withRemarks(kept: readonly MessageRow[], rows: readonly MessageRow[]): MessageRow[] {
  const remarks = newestByIdentity(rows.filter(({ handled, intent }) => handled !== null || intent !== null));
  return kept.map((row) => {
    const remark = remarks.get(identityOf(row));
    if (!remark || remark === row || remark.user_id !== row.user_id || row.source === 'import') return row;
    return { ...row, handled: row.handled ?? remark.handled, intent: row.intent ?? remark.intent };
  });
}

/**
 * What bots report of their own messages, beside what came by the webhook: where both have a message of the same
 * author, the newer version. Where the author is another, the webhook is right: a report cannot take a person's words.
 */
function withSent(
  received: ReadonlyMap<string, MessageRow>,
  sent: ReadonlyMap<string, MessageRow>,
): Map<string, MessageRow> {
  const all = new Map(received);
  const unmatched: MessageRow[] = [];
  for (const [identity, row] of sent) {
    const other = received.get(identity);
    if (!other) unmatched.push(row);
    else if (other.user_id === row.user_id && isNewerVersion(row, other)) all.set(identity, row);
  }
  const others = [...received].flatMap(([identity, row]) => (sent.has(identity) ? [] : [row]));
  // A second bot, whose lake this is, has seen the same messages under ids of its own.
  const seenByAnother = new Set(unmatched.filter(isNumberedPerAccount));
  for (const row of withoutCounterpart(unmatched, others)) seenByAnother.delete(row);
  for (const row of unmatched) if (!seenByAnother.has(row)) all.set(identityOf(row), row);
  return all;
}

function newestByIdentity(rows: readonly MessageRow[]): Map<string, MessageRow> {
  const newest = new Map<string, MessageRow>();
  for (const row of rows) {
    const identity = identityOf(row);
    const other = newest.get(identity);
    if (!other || isNewerVersion(row, other)) newest.set(identity, row);
  }
  return newest;
}

const identityOf = ({ chat_id, message_id }: MessageRow) => `${chat_id}/${message_id}`;

/** The later edit, or the later update where both report the same edit: some change only a reaction. */
function isNewerVersion(candidate: MessageRow, current: MessageRow): boolean {
  const edited = (candidate.edit_date ?? 0) - (current.edit_date ?? 0);
  return edited === 0 ? (candidate.update_id ?? 0) > (current.update_id ?? 0) : edited > 0;
}

function isMissedEdit(imported: MessageRow, received: MessageRow): boolean {
  const later = (imported.edit_date ?? 0) > (received.edit_date ?? 0);
  return later && (imported.text !== received.text || imported.caption !== received.caption);
}

/**
 * In private chats and basic groups every account counts messages for itself: the same message has one id for the bot
 * and another for the person who exported it. Supergroups and channels have one count for all.
 */
function isNumberedPerAccount({ chat_id }: MessageRow): boolean {
  return (chat_id ?? 0) > -1_000_000_000_000;
}

/**
 * The imported rows, of chats numbered per account, that the webhook did not bring: the first message that a sender
 * sent in this second, by the webhook, is the first by the import, and so on.
 */
function withoutCounterpart(
  imported: readonly MessageRow[],
  received: readonly MessageRow[],
): readonly MessageRow[] {
  const ofSender = ({ chat_id, date, user_id, sender_chat_id }: MessageRow) =>
    `${chat_id}/${date}/${user_id}/${sender_chat_id}`;
  const unpaired = new Map<string, number>();
  for (const row of received) unpaired.set(ofSender(row), (unpaired.get(ofSender(row)) ?? 0) + 1);
  return imported
    .filter(isNumberedPerAccount)
    .sort(byIdentity)
    .filter((row) => {
      const left = unpaired.get(ofSender(row)) ?? 0;
      unpaired.set(ofSender(row), left - 1);
      return left <= 0;
    });
}

function byIdentity(a: MessageRow, b: MessageRow): number {
  return (
    (a.chat_id ?? 0) - (b.chat_id ?? 0) ||
    (a.message_id ?? 0) - (b.message_id ?? 0) ||
    (b.update_id ?? 0) - (a.update_id ?? 0)
  );
}
