import fc from 'fast-check';
import { kindsWithRows } from '../../src/etl/message-row.ts';
import { allowedUpdates } from '../../src/telegram/allowed-updates.ts';

export interface HostileUpdateOptions {
  /** The chats that most updates are of. */
  readonly chatIds: readonly number[];
  /** Unix seconds of most messages. */
  readonly sentAt: readonly number[];
}

/**
 * Bodies as nobody should send them: updates of every kind there is, most of whose fields are right, as JSON that is
 * mostly right, in bytes that are mostly whole.
 */
export function hostileUpdates(options: HostileUpdateOptions): fc.Arbitrary<Uint8Array> {
  const json = fc.record({
    updateId: mostly(fc.nat(4_000_000_000), anyJson),
    kind: fc.oneof(
      fc.constantFrom(...Object.keys(kindsWithRows)),
      fc.constantFrom(...allowedUpdates, 'a_kind_of_tomorrow', '__proto__', 'toString'),
    ),
    payload: mostly(message(options), fc.oneof(anyJson, nested)),
    more: mostly(
      fc.constant({}),
      fc.dictionary(fc.constantFrom('a', 'poll', 'message', 'update_id'), anyJson),
    ),
  });
  const text = json.map(
    ({ updateId, kind, payload, more }) =>
      // Written field by field, so that a name may come twice.
      `{"update_id":${written(updateId)},${Object.entries(more as object)
        .map(([name, value]) => `${JSON.stringify(name)}:${written(value)},`)
        .join('')}"${kind}":${written(payload)}}`,
  );
  return fc.tuple(text, mostly(fc.constant([]), fc.array(damage, { maxLength: 3 }))).map(damaged);
}

/** A piece of JSON text, for what JSON.stringify would not write. */
class Written {
  readonly json: string;
  constructor(json: string) {
    this.json = json;
  }
}

function written(value: unknown): string {
  if (value instanceof Written) return value.json;
  if (Array.isArray(value)) return `[${value.map(written).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value)
    .map(([name, inner]) => `${JSON.stringify(name)}:${written(inner)}`)
    .join()}}`;
}

function mostly<T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: right, weight: 15 }, { arbitrary: wrong, weight: 1 });
}

// None beyond the largest double: where a text is due, Trino makes the text "Infinity" of it.
const numbers = [
  '0',
  '-0',
  '-0.0e5',
  '1E3',
  '15e-1',
  '5.000',
  '-1e-400',
  '0e99999999999',
  '9007199254740991',
  '9007199254740992.5',
  '-9223372036854775809',
  '123456789012345678901234567890e-20',
  '1'.repeat(300),
  `0.${'0'.repeat(3_000)}1`,
  '4102444799',
  '4102444800',
];
const noNumbers = ['01', '+1', '.5', '5.', 'NaN', '-Infinity', '0x10', '1e', '--1'];
const anyNumber = mostly(fc.constantFrom(...numbers), fc.constantFrom(...noNumbers)).map(
  (json) => new Written(String(json)),
);
const anyText = fc.string({ unit: 'binary' });
const anyJson = fc.oneof(
  anyNumber,
  fc.integer(),
  fc.double(),
  anyText,
  fc.constantFrom('', 'true', '{"id":1}', 'x'.repeat(3_000), '\u0000', '\\N', '\ud83d', '🙂'),
  fc.constantFrom(true, false, null, {}, []),
  fc.jsonValue({ stringUnit: 'binary' }),
);
const nested = fc
  .record({ levels: fc.integer({ min: 1, max: 480 }), open: fc.constantFrom('[', '{"a":', '[{"chat":') })
  .map(({ levels, open }) => {
    const count = Math.ceil(levels / (open.length > 5 ? 2 : 1));
    const close = open === '[' ? ']' : open.length > 5 ? '}]' : '}';
    return new Written(`${open.repeat(count)}1${close.repeat(count)}`);
  });

function message({ chatIds, sentAt }: HostileUpdateOptions): fc.Arbitrary<unknown> {
  const field = (right: fc.Arbitrary<unknown>) => mostly(right, fc.oneof(anyJson, nested));
  const id = fc.integer({ min: 1, max: 30 });
  const user = fc.record(
    { id: field(id), is_bot: field(fc.boolean()), first_name: field(anyText), username: field(anyText) },
    { requiredKeys: ['id'] },
  );
  const chat = fc.record(
    {
      id: field(fc.constantFrom(...chatIds)),
      type: field(fc.constantFrom('group', 'supergroup')),
      title: field(anyText),
    },
    { requiredKeys: ['id'] },
  );
  const replied = fc.record(
    { message_id: field(id), from: field(user), forum_topic_created: field(fc.constant({})) },
    { requiredKeys: ['message_id'] },
  );
  return fc.record(
    {
      message_id: field(id),
      date: field(fc.constantFrom(...sentAt)),
      chat: field(chat),
      from: field(user),
      sender_chat: field(chat),
      text: field(anyText),
      caption: field(anyText),
      edit_date: field(fc.constantFrom(...sentAt.map((seconds) => seconds + 60))),
      reply_to_message: field(replied),
      message_thread_id: field(id),
      forward_origin: field(fc.constant({})),
      forward_date: field(id),
      media_group_id: field(anyText),
      migrate_to_chat_id: field(fc.constantFrom(...chatIds)),
      photo: anyJson,
      poll: anyJson,
      rich_message: field(fc.record({ blocks: fc.array(fc.record({ text: anyText })) })),
      animation: anyJson,
      document: anyJson,
      message: field(fc.record({ chat })),
      add_date: anyJson,
      remove_date: anyJson,
      hologram: anyJson,
    },
    { requiredKeys: ['message_id', 'date', 'chat'] },
  );
}

/** What befalls bytes: some are put in, changed, repeated or cut off, somewhere. */
const damage = fc.record({
  what: fc.constantFrom('insert', 'replace', 'repeat', 'cut'),
  where: fc.double({ min: 0, max: 1, noNaN: true }),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
    fc
      .constantFrom('\ufeff', '{', '}', '"', '\\', ',', ' ', '\t', '\u0001', '/**/', '\\ud83d', '\u2028')
      .map((text) => new Uint8Array(Buffer.from(text))),
  ),
});

type Damage = typeof damage extends fc.Arbitrary<infer D> ? D : never;

function damaged([text, all]: [string, unknown]): Uint8Array {
  let bytes = Buffer.from(text);
  for (const { what, where, bytes: more } of all as Damage[]) {
    const at = Math.floor(where * bytes.length);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    if (what === 'cut') bytes = before;
    else if (what === 'insert') bytes = Buffer.concat([before, more, after]);
    else if (what === 'replace') bytes = Buffer.concat([before, more, after.subarray(more.length)]);
    else bytes = Buffer.concat([before, before.subarray(-20), after]);
  }
  return bytes;
}
