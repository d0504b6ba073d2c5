import { type Day, localTime } from '../src/base/local-day.ts';
import { type Random, seededRandom } from '../src/base/random.ts';
import { rawKey } from '../src/lake/object-keys.ts';
import {
  generatedChat,
  generateMessage,
  generatePeople,
  generateText,
  type Message,
  pickSkewed,
} from './generate-message.ts';

/** One raw object of a generated day: its key, and the update's JSON as Telegram would send it. */
export interface GeneratedUpdate {
  readonly key: string;
  readonly json: string;
}

export interface GeneratedDay {
  readonly day: Day;
  /** How many updates, so raw objects. */
  readonly updates: number;
  readonly timeZone: string;
  readonly seed?: number;
  readonly firstMessageId?: number;
}

/**
 * The updates of a busy group's day in the order of their keys, always the same for the same options.
 *
 * Of 100 updates about 93 are messages (see `generateMessage`), 4 edits and 3 reactions. Few people write most, and
 * the nights are quiet.
 */
export function* generateDay({
  day,
  updates,
  timeZone,
  seed = 1,
  firstMessageId = 100_001,
}: GeneratedDay): Generator<GeneratedUpdate> {
  const random = seededRandom(seed);
  // The same people, whatever the day.
  const people = generatePeople(seededRandom(1), Math.ceil(20 + Math.sqrt(updates)));
  const recent: Message[] = [];
  let index = 0;
  let second = 0;
  for (const sentAt of sendTimes(random, updates, firstSecondOf(day, timeZone))) {
    const updateId = 500_000_000 + index++;
    const share = random.next();
    const latest = recent.at(-1);
    let update: object;
    if (share < 0.04 && latest?.date === second) {
      // An edit lies at the second of the message that it edits.
      update = { edited_message: { ...latest, edit_date: sentAt + 30, text: generateText(random) } };
    } else {
      second = sentAt;
      if (share < 0.07 && latest) {
        update = { message_reaction: reaction(latest, sentAt, pickSkewed(random, people)) };
      } else {
        const messageId = firstMessageId + index - 1;
        const message = generateMessage(random, { people, recent, sentAt, messageId });
        recent.push(message);
        if (recent.length > 100) recent.shift();
        update = { message };
      }
    }
    yield {
      key: rawKey(second, updateId, timeZone),
      json: JSON.stringify({ update_id: updateId, ...update }),
    };
  }
}

/** How many of 1,000 updates come in each hour of the day. */
const activityByHour = [
  20, 10, 6, 4, 3, 5, 10, 22, 40, 52, 56, 54, 58, 54, 50, 50, 52, 56, 62, 72, 84, 78, 62, 40,
];

/** Sorted Unix seconds: as many as `count`, spread as people write. */
function sendTimes(random: Random, count: number, midnight: number): Uint32Array {
  const hours = activityByHour.flatMap((weight, hour) => Array<number>(weight).fill(hour));
  const times = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    const hour = hours[Math.floor(random.next() * hours.length)] ?? 0;
    times[index] = midnight + hour * 3_600 + Math.floor(random.next() * 3_600);
  }
  return times.sort();
}

function firstSecondOf(day: Day, timeZone: string): number {
  const midnightUtc = Date.parse(`${day}T00:00:00Z`) / 1000;
  const shown = Date.parse(`${localTime(midnightUtc, timeZone)}Z`) / 1000;
  return midnightUtc - (shown - midnightUtc);
}

function reaction({ message_id, date }: Message, sentAt: number, user: object): object {
  const new_reaction = [{ type: 'emoji', emoji: '👍' }];
  return {
    chat: generatedChat,
    message_id,
    user,
    date: Math.max(date, sentAt),
    old_reaction: [],
    new_reaction,
  };
}
