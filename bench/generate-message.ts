import { type Random, seededRandom } from '../src/base/random.ts';

/** A person of the generated group, as the Bot API's `User`. */
export type Person = Readonly<Record<string, unknown>> & { readonly id: number };

/** A message of the generated group, as the Bot API's `Message`. */
export type Message = Readonly<Record<string, unknown>> & {
  readonly message_id: number;
  readonly date: number;
  readonly from: Person;
};

export type People = readonly [Person, ...Person[]];

/** The supergroup that all generated messages are of. */
export const generatedChat = { id: -1_001_234_567_890, title: 'Dados & Cia', type: 'supergroup' };

/** A number of people, no two with the same id. */
export function generatePeople(random: Random, count: number): People {
  const person = (index: number): Person => {
    const name = plainWord(random);
    return {
      id: 100_000_000 + index * 4_099 + random.between(0, 3_999),
      is_bot: false,
      first_name: name[0]?.toUpperCase() + name.slice(1),
      ...(random.next() < 0.7 && { username: `${name}_${index}` }),
      ...(random.next() < 0.6 && { language_code: 'pt-br' }),
    };
  };
  return [person(0), ...Array.from({ length: count - 1 }, (_, index) => person(index + 1))];
}

/** A new message: 86 of 100 are text, a quarter of all reply to one of `recent`. */
export function generateMessage(
  random: Random,
  context: { people: People; recent: readonly Message[]; messageId: number; sentAt: number },
): Message {
  const { people, recent, messageId, sentAt } = context;
  const repliedTo = random.next() < 0.25 ? random.pick(recent) : undefined;
  return {
    message_id: messageId,
    from: pickSkewed(random, people),
    chat: generatedChat,
    date: sentAt,
    // As Telegram sends it: the message replied to is whole, but for the one that it replies to in turn.
    ...(repliedTo && { reply_to_message: { ...repliedTo, reply_to_message: undefined } }),
    ...content(random, people),
  };
}

/** Text as people write it in a group: mostly a few words, now and then a paragraph. About 60 bytes. */
export function generateText(random: Random): string {
  const count = 1 + Math.floor(3 * Math.exp(random.next() + random.next() + random.next() - 0.5));
  const words = Array.from({ length: count }, () => pickSkewed(random, vocabulary));
  const end = random.next() < 0.15 ? '?' : random.next() < 0.1 ? ` ${pickSkewed(random, emoji)}` : '';
  return words.join(' ') + end;
}

/** One of the items, the earlier ones far more often: about as people write, and as words are used. */
export function pickSkewed<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(items.length ** random.next()) - 1] ?? items[0];
}

function content(random: Random, people: People): object {
  const share = random.next();
  if (share < 0.8) return { text: generateText(random) };
  if (share < 0.86) return linkText(random);
  if (share < 0.92)
    return { photo: photoSizes(random), ...(random.next() < 0.5 && { caption: generateText(random) }) };
  if (share < 0.96)
    return { sticker: { ...file(random), type: 'regular', width: 512, height: 512, emoji: '👍' } };
  if (share < 0.99)
    return { voice: { ...file(random), duration: random.between(1, 60), mime_type: 'audio/ogg' } };
  return { new_chat_members: [pickSkewed(random, people)] };
}

function linkText(random: Random): object {
  const [before, url] = [generateText(random), `https://example.org/${plainWord(random)}`];
  const entities = [{ offset: before.length + 1, length: url.length, type: 'url' }];
  return { text: `${before} ${url}`, entities, link_preview_options: { url } };
}

function photoSizes(random: Random): object[] {
  return [90, 320, 800].map((width) => ({ ...file(random), width, height: Math.round(width * 0.75) }));
}

function file(random: Random): object {
  return {
    file_id: identifier(random, 72),
    file_unique_id: identifier(random, 16),
    file_size: random.between(0, 89_999),
  };
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];

function identifier(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick(letters)).join('');
}

function plainWord(random: Random): string {
  return word(random, 3)
    .normalize('NFD')
    .replaceAll(/[^a-z]/g, '');
}

const syllables = 'ca de mo ra ti pe lo sa que nho ção fa ma li bo tu né ri da és in pro con ver'.split(' ');

function word(random: Random, syllableCount: number): string {
  return Array.from({ length: syllableCount }, () => random.pick(syllables)).join('');
}

// The words that come first are the ones used most.
const vocabulary = makeVocabulary(
  'o a de que e não é do da um para com em eu no na se por mais como mas isso já'.split(' '),
);
const emoji = ['😀', '👍', '😂', '🙏', '❤️'] as const;

function makeVocabulary(common: readonly string[]): readonly [string, ...string[]] {
  const random = seededRandom(7);
  const made = Array.from({ length: 5_000 }, () => word(random, random.between(2, 4)));
  return ['que', ...common, ...made];
}
