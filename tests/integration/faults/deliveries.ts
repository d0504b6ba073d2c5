import type { Random } from '../../../src/base/random.ts';
import { type Fields, group, type Post, people, post } from '../group/post.ts';

/** What Telegram delivers in some days of a group, and what must become of it: written down beside it, never made from it. */
export interface Deliveries {
  /** In the order of Telegram's queue. Some are delivered twice. */
  readonly posts: readonly Post[];
  /** Of each raw object with a date of its own: its bytes. */
  readonly raw: ReadonlyMap<string, string>;
  /** Message id, date, date and text of its newest version, author: each message once, sorted by its id. */
  readonly messages: readonly (readonly [number, number, number | null, string, number])[];
  /** Ids of the updates that are events, sorted. */
  readonly events: readonly number[];
}

/** The first second of the first day, in São Paulo, three hours behind UTC. */
const firstSecond = Date.UTC(2026, 9, 1, 3) / 1000;
const days = 20;

/** Random deliveries: the same for the same source of chance. */
export function randomDeliveries(total: number, { next, chance, between, pick }: Random): Deliveries {
  const posts: Post[] = [];
  const raw = new Map<string, string>();
  const newest = new Map<number, [number, number, number | null, string, number]>();
  const events: number[] = [];
  let updateId = 100_000_000;

  const deliver = (kind: string, payload: Fields, date: number) => {
    const one = post(updateId, kind, payload, date);
    posts.push(one);
    if (chance(0.02)) posts.push(one);
    if (typeof one.stored === 'object') raw.set(one.stored.key, one.body.toString().replaceAll('\n', ' '));
  };
  while (posts.length < total) {
    updateId += between(1, 3);
    const share = next();
    const known = newest.size > 0 ? newest.get(between(1, newest.size)) : undefined;
    if (share < 0.1 && known) {
      // An edit comes late, on any later day, or in the same second as another.
      const [messageId, date, edited, , author] = known;
      const editDate = Math.max(edited ?? date, date + between(0, 90_000));
      const text = `edit ${updateId}`;
      const from = people.find(({ id }) => id === author);
      deliver(
        'edited_message',
        { message_id: messageId, from, chat: group, date, edit_date: editDate, text },
        date,
      );
      known[2] = editDate;
      known[3] = text;
    } else if (share < 0.2) {
      const date = firstSecond + between(0, days * 86_400 - 1);
      const person = pick(people);
      events.push(updateId);
      const reaction = [{ type: 'emoji', emoji: '👍' }];
      const user = { id: person.id, is_bot: person.is_bot, first_name: person.first_name };
      deliver(
        'message_reaction',
        { chat: group, message_id: between(1, 1000), date, user, old_reaction: [], new_reaction: reaction },
        date,
      );
    } else {
      const messageId = newest.size + 1;
      const date = firstSecond + between(0, days * 86_400 - 1);
      const person = pick(people);
      const text = pick(['oi', 'bom dia 🙂', `text ${updateId}`, 'tab\tline\nbreak "quoted" \\']);
      newest.set(messageId, [messageId, date, null, text, person.id]);
      deliver('message', { message_id: messageId, from: person, chat: group, date, text }, date);
    }
  }
  return { posts, raw, messages: [...newest.values()], events };
}
