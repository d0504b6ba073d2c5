/**
 * The raw objects of a day as nobody should send them: whatever JSON can do to a reader. Each body is stored as it is
 * here, byte for byte.
 */
export function hostileBodies(dateSeconds: number): Readonly<Record<string, string | Uint8Array>> {
  const message = {
    message_id: 7,
    from: { id: 111222333, is_bot: false, first_name: 'Ana', username: 'ana_souza', language_code: 'pt-br' },
    chat: { id: -1001234567890, title: 'SQL', type: 'supergroup' },
    date: dateSeconds,
    text: 'Bom dia',
  };
  let updateId = 1000;
  const update = (changes: object, kind = 'message') => {
    updateId += 1;
    return JSON.stringify({
      update_id: updateId,
      [kind]: { ...message, message_id: updateId, ...changes },
    });
  };
  const { text: _, ...bare } = message;
  const content = (fields: object) => {
    updateId += 1;
    return JSON.stringify({ update_id: updateId, message: { ...bare, message_id: updateId, ...fields } });
  };
  const written = (json: string) => {
    updateId += 1;
    return json
      .replaceAll('ID', String(updateId))
      .replaceAll('DATE', String(dateSeconds))
      .replaceAll('CHAT', '{"id":-1001234567890,"type":"supergroup"}');
  };

  return {
    // What a field may be.
    'a text': update({}),
    'a text of nothing': update({ text: '' }),
    'a text that is null': update({ text: null }),
    'a text that is a number': update({ text: 5 }),
    'a text that is true': update({ text: true }),
    'a text that is an object': update({ text: { a: 1 } }),
    'a text that is an array': update({ text: ['a'] }),
    'emoji, quotes, backslashes and line breaks': update({
      text: '🙂 "a" \'b\' \\ \\n\n\r\t,;\u0001\u0000\u2028',
    }),
    'characters beyond the first plane, unescaped': written(
      '{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"text":"𝒳🙂👩‍👩‍👧 ção"}}',
    ),
    'characters beyond the first plane, escaped': written(
      String.raw`{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"text":"\ud83d\ude42\uD835\uDCB3"}}`,
    ),
    'half a character, and what only looks like it': written(
      String.raw`{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"text":"\ud83d \ude42\ud83d\ud83d\ude42 \\ud83d \\\ud83d \\\\ud83d x\udbff"}}`,
    ),
    'half a character at the end': written(
      String.raw`{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"text":"\uD83D"}}`,
    ),
    'half a character in a name of a field': written(
      String.raw`{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"\ud83d":1}}`,
    ),
    'a name of a field that is escaped': written(
      String.raw`{"update_id":ID,"m\u0065ssage":{"message_id":ID,"date":DATE,"chat":CHAT,"te\u0078t":"escaped"}}`,
    ),
    'names that objects have by themselves': written(
      '{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"__proto__":{"text":"a"},"constructor":1,"toString":2}}',
    ),
    'a name that is long': update({ ['n'.repeat(50_000)]: 1 }),
    'a name that is too long': update({ ['n'.repeat(50_001)]: 1 }),
    'many levels': written(
      `{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"x":${'['.repeat(498)}${']'.repeat(498)}}}`,
    ),
    'many levels, without an end': written(
      `{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"x":${'['.repeat(498)}`,
    ),
    'a byte order mark': written(
      '\ufeff{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"text":"marked"}}',
    ),
    'two byte order marks': written(
      '\ufeff\ufeff{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"text":"marked"}}',
    ),
    'a long text': update({ text: 'ção '.repeat(30_000) }),

    // Numbers.
    'ids at the limit': update({ from: { id: 9007199254740991 }, sender_chat: { id: -9007199254740991 } }),
    'ids beyond the limit': written(
      '{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"from":{"id":9007199254740992},"sender_chat":{"id":-9007199254740993}}}',
    ),
    'ids beyond every integer': written(
      '{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"from":{"id":123456789012345678901234567890},"edit_date":1e400}}',
    ),
    'integers that are written as fractions': written(
      '{"update_id":ID.0,"message":{"message_id":ID.000,"date":DATE.0,"chat":{"id":-1001234567890.0,"type":"group"},"from":{"id":1.5e3},"edit_date":17E8}}',
    ),
    fractions: update({ from: { id: 1.5 }, edit_date: 0.1, message_thread_id: -2.5 }),
    'fractions that a double rounds to an integer': written(
      '{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"from":{"id":9007199254740991.2},"message_thread_id":1.00000000000000000001}}',
    ),
    zeros: written(
      '{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"from":{"id":-0},"edit_date":0,"message_thread_id":-0.0}}',
    ),
    'digits in strings': update({ from: { id: '5' }, edit_date: '6' }),
    'dates that are none': update({ date: 4102444800, edit_date: 4102444800 }),
    'dates of the last second': update({ date: 4102444799, edit_date: 4102444799 }),
    'dates before the first second': update({ date: -1, edit_date: -1 }),
    'dates of 0': update({ date: 0, edit_date: 0 }),
    'dates that no clock shows': update({ date: 9e15, edit_date: 9e15 }),
    "a date before Telegram's first day": update({ date: 1376438399 }),
    "a date of Telegram's first second": update({ date: 1376438400 }),
    'a date of a year after its day': update({ date: dateSeconds + 365 * 86_400 }),
    'a date of more than a year after its day': update({ date: dateSeconds + 367 * 86_400 }),
    'an edit of a message of 1970': update({ date: 1, edit_date: dateSeconds }, 'edited_message'),
    'an edited post of no date': update({ date: null }, 'edited_channel_post'),
    'booleans for integers': update({ from: { id: true }, edit_date: false }),
    'a number with a thousand digits, and one with many more': written(
      `{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"from":{"id":${'1'.repeat(900)}},"message_thread_id":${'1'.repeat(20_000)}}}`,
    ),
    'numbers with absurd exponents': written(
      '{"update_id":ID,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"from":{"id":1e99999999999},"sender_chat":{"id":-1e-99999999999},"edit_date":0e99999999999}}',
    ),
    'not the numbers of JSON': written(
      '{"update_id":ID,"message":{"message_id":+1,"date":DATE,"chat":CHAT}}',
    ),
    'not a number': written('{"update_id":ID,"message":{"message_id":NaN,"date":DATE,"chat":CHAT}}'),
    'a leading zero': written('{"update_id":ID,"message":{"message_id":01,"date":DATE,"chat":CHAT}}'),

    // Where objects are due.
    'a sender that is an array': update({ from: [{ id: 1 }] }),
    'a sender that is null': update({ from: null }),
    'a sender that is a string': update({ from: '{"id":1}' }),
    'a sender of nothing': update({ from: {} }),
    'a sender whose every field is wrong': update({
      from: { id: [1], is_bot: 'true', first_name: 1, username: null },
    }),
    'a bot': update({ from: { id: 5, is_bot: true, first_name: 'B' } }),
    'a bot by number': update({ from: { id: 5, is_bot: 1 } }),
    'a reply': update({ reply_to_message: { ...message, message_id: 3, from: { id: 44 } } }),
    'a reply to nothing': update({ reply_to_message: {} }),
    'a reply to an array': update({ reply_to_message: [{ message_id: 3 }] }),
    'a reply to null': update({ reply_to_message: null }),
    "a topic's message": update({
      message_thread_id: 3,
      is_topic_message: true,
      reply_to_message: { ...message, message_id: 3, forum_topic_created: { name: 'T', icon_color: 1 } },
    }),
    "a topic's message of null": update({ reply_to_message: { message_id: 3, forum_topic_created: null } }),
    'a forward': update({ forward_origin: { type: 'hidden_user', date: 1, sender_user_name: 'X' } }),
    'an old forward': update({ forward_date: 5 }),
    'a forward of null': update({ forward_origin: null }),
    'an album': content({
      photo: [{ file_id: 'x' }],
      caption: 'Olá 📈',
      media_group_id: '13870000000000001',
    }),
    'an album by number': content({ photo: [], media_group_id: 1387000000000 }),

    // What a message holds.
    'a message of nothing': content({}),
    'a photo': content({ photo: [{ file_id: 'a', width: 1 }], caption: 'c', caption_entities: [] }),
    'an animation, which comes as a document too': content({ animation: {}, document: {} }),
    'a venue, which comes as a location too': content({ location: {}, venue: {} }),
    'new members, also as the older clients have them': content({
      new_chat_member: {},
      new_chat_members: [{ id: 1 }],
      new_chat_participant: {},
    }),
    'a poll': content({
      poll: { question: 'Qual "dia"? 🙂', options: [{ text: 'Sábado' }, { text: 'Domin\ngo' }, { text: 5 }] },
    }),
    'a poll of nothing': content({ poll: null }),
    'a poll that is a text': content({ poll: 'a poll' }),
    'a checklist': content({ checklist: { title: 'Lista', tasks: [{ id: 1, text: 'pão' }] } }),
    'a rich message': content({
      rich_message: {
        blocks: [
          { type: 'heading', text: ['In', { type: 'bold', text: ['sta', 'lar'] }], size: 1 },
          { type: 'list', items: [{ label: '1.', blocks: [{ type: 'paragraph', text: 'primeiro' }] }] },
        ],
      },
    }),
    'a topic': content({ forum_topic_created: { name: 'Avisos', icon_color: 1 } }),
    'a topic without a name': content({ forum_topic_edited: { icon_custom_emoji_id: '5' } }),
    'a title': content({ new_chat_title: 'Dados 2' }),
    'a title that is none': content({ new_chat_title: { name: 'Dados' } }),
    'a text beside a poll': update({ poll: { question: 'Q' } }),
    'a content of tomorrow': content({ zither: {}, hologram: {} }),
    'a content of tomorrow that is null': content({ hologram: null }),
    'contents in capitals and beyond ASCII': content({ Zither: 1, ção: 2, '1': 3 }),
    'an anonymous administrator': update({
      from: { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' },
      sender_chat: { id: -1001234567890, type: 'supergroup', title: 'Dados "&" Cia 🙂' },
      author_signature: 'x',
    }),

    'a sender chat that is none': update({ sender_chat: 'a chat' }),
    'a sender chat whose title is no text': update({ sender_chat: { id: -1, title: 7 } }),

    // Which update it is.
    'a channel post': update(
      { from: undefined, chat: { id: -1001234567891, type: 'channel' } },
      'channel_post',
    ),
    'an edited channel post': update(
      { chat: { id: -1001234567891, type: 'channel' }, edit_date: dateSeconds + 5 },
      'edited_channel_post',
    ),
    'an edit': update({ edit_date: dateSeconds + 60 }, 'edited_message'),
    'a business message': update({}, 'business_message'),
    'a kind of tomorrow': update({}, 'message_translation'),
    'a kind named as a method': update({}, 'toString'),
    'a reaction': written(
      '{"update_id":ID,"message_reaction":{"chat":CHAT,"message_id":1,"date":DATE,"new_reaction":[]}}',
    ),
    'a pressed button': written(
      '{"update_id":ID,"callback_query":{"id":"1","message":{"message_id":1,"chat":CHAT}}}',
    ),
    'an ephemeral message': update({ message_id: 0, ephemeral_message_id: 5 }),
    'a message without an id': update({ message_id: undefined }),
    'a message without a date': update({ date: undefined }),
    'a message whose date is a string': update({ date: String(dateSeconds) }),
    'a message without a chat': update({ chat: undefined }),
    'a message whose chat is null': update({ chat: null }),
    'a message whose chat is an array': update({ chat: [{ id: -5 }] }),
    'a message whose chat is in a message': update({
      chat: null,
      message: { chat: { id: -5, type: 'group' } },
    }),
    'a message whose chat is in a message, and wrong': update({ chat: 5, message: { chat: { id: '-5' } } }),
    'a chat without an id': update({ chat: {}, message: { chat: { id: -5 } } }),
    'a chat whose id is a string': update({ chat: { id: '-5' } }),
    'two kinds': written(
      '{"update_id":ID,"poll":{"id":"1"},"message":{"message_id":ID,"date":DATE,"chat":CHAT,"text":"second"}}',
    ),
    'two kinds, one of which is no object': written(
      '{"update_id":ID,"edited_message":[],"a":1,"message":{"message_id":ID,"date":DATE,"chat":CHAT,"text":"only"}}',
    ),
    'fields twice': written(
      '{"update_id":1,"update_id":ID,"message":{"text":"lost"},"message":{"message_id":ID,"date":DATE,"chat":CHAT,"text":"first","text":"last","from":{"id":1,"id":2}}}',
    ),
    'white space between the tokens': written(
      ' { "update_id" : ID ,\t "message" : { "message_id" : ID , "date" : DATE , "chat" : CHAT , "text" : " wide " } } ',
    ),

    // What is no update.
    'no update_id': '{"message":{"message_id":1,"date":1,"chat":{"id":-1}}}',
    'a negative update_id': '{"update_id":-1,"message":{"message_id":1,"date":1,"chat":{"id":-1}}}',
    'an update_id in a string': '{"update_id":"1","message":{"message_id":1,"date":1,"chat":{"id":-1}}}',
    'an update of nothing': '{"update_id":1}',
    'an object of nothing': '{}',
    'an array': '[{"update_id":1}]',
    null: 'null',
    'a string': '"update"',
    'a number': '1',
    "Hive's null": '\\N',
    'cut off': '{"update_id":1,"message":{"message_id":1,',
    'more after the end': '{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1}}} {}',
    'more after the end, behind a delimiter':
      '{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1}}}\u0001x',
    'a comment': '{"update_id":1,/**/"message":{"message_id":1,"date":1,"chat":{"id":-1}}}',
    'a comma too many': '{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1}},}',
    'single quotes': "{'update_id':1}",
    'a control character in a string':
      '{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1},"text":"\u0007"}}',
    'an escape that there is none of': String.raw`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1},"text":"\x41"}}`,
    'half an escape': String.raw`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1},"text":"\ud8"}}`,
    'bytes that are not UTF-8': latin1(
      '{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1},"text":"\xff\xfe"}}',
    ),
    'half a character in bytes': latin1(
      '{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1},"text":"\xed\xa0\xbd"}}',
    ),
    'a form feed for white space': '{"update_id":1,\f"message":{"message_id":1,"date":1,"chat":{"id":-1}}}',
    'a space beyond ASCII': '{"update_id":1,\u00a0"message":{"message_id":1,"date":1,"chat":{"id":-1}}}',
  };
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
