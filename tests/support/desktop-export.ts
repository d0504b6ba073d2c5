/** A value as Telegram Desktop writes it into `result.json`: one space a level, and control characters as `\xNN`. */
export function desktopJson(value: unknown, level = 0): string {
  if (typeof value === 'string') return desktopString(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `\n${' '.repeat(level + 1)}`;
  const outer = `\n${' '.repeat(level)}`;
  if (Array.isArray(value)) {
    return `[${value.map((item) => inner + desktopJson(item, level + 1)).join(',')}${outer}]`;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const texts = members.map(
    ([name, member]) => `${inner}${desktopString(name)}: ${desktopJson(member, level + 1)}`,
  );
  return `{${texts.join(',')}${outer}}`;
}

function desktopString(text: string): string {
  const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };
  const escaped = text.replaceAll(/[\p{Cc}"\\\u2028\u2029]/gu, (character) => {
    const code = character.charCodeAt(0);
    const hexadecimal = code.toString(16).toUpperCase();
    if (code >= 0x2028) return `\\u${hexadecimal}`;
    return escapes[character] ?? (code < 0x20 ? `\\x${hexadecimal.padStart(2, '0')}` : character);
  });
  return `"${escaped}"`;
}

export interface ExportHeader {
  readonly name?: string;
  readonly type: string;
  readonly id: number;
}

export const group: ExportHeader = { name: 'Dados 📊', type: 'private_supergroup', id: 1234567890 };

/** The export of one chat. */
export function chatExport(messages: readonly object[], header: ExportHeader = group): string {
  return desktopJson({ ...header, messages });
}

/** The export of a whole account, with what stands around its chats. */
export function accountExport(
  chats: readonly (readonly [ExportHeader, readonly object[]])[],
  left: readonly (readonly [ExportHeader, readonly object[]])[] = [],
): string {
  const list = (all: typeof chats) => all.map(([header, messages]) => ({ ...header, messages }));
  return desktopJson({
    about: 'Here is the data you requested.',
    personal_information: { user_id: 555123456, first_name: 'Ana', messages: [{ id: 1 }] },
    contacts: { about: 'Contacts', list: [{ user_id: 1, first_name: 'Bia' }] },
    chats: { about: 'Chats', list: list(chats) },
    left_chats: { about: 'Left chats', list: list(left) },
  });
}

/** 2026-11-22 12:00:00 in São Paulo. */
export const noon = Date.parse('2026-11-22T15:00:00Z') / 1000;

/** A message as Telegram Desktop of 2026 writes it, sent `id` seconds after noon. */
export function exported(id: number, fields: object = {}): Record<string, unknown> {
  const at = noon + id;
  return {
    id,
    type: 'message',
    date: localText(at),
    date_unixtime: String(at),
    from: 'Ana Souza',
    from_id: 'user555123456',
    text: `text ${id}`,
    text_entities: [{ type: 'plain', text: `text ${id}` }],
    ...fields,
  };
}

/** A service message of the same. */
export function exportedService(id: number, action: string | undefined, fields: object = {}): object {
  const { from, from_id, text_entities: _, ...message } = exported(id, { type: 'service', text: '' });
  const named = action === undefined ? {} : { action };
  return { ...message, actor: from, actor_id: from_id, ...named, ...fields, text_entities: [] };
}

/** The same message as Telegram Desktop wrote it between December 2018 and June 2020. */
export function asOf2019({
  date_unixtime: _1,
  text_entities: _2,
  edited_unixtime: _3,
  ...message
}: Record<string, unknown>): Record<string, unknown> {
  const bare = (id: unknown) => (typeof id === 'string' ? Number(id.replace('user', '')) : id);
  return {
    ...message,
    edited: message.edited ?? '1970-01-01T00:00:00',
    ...(message.from_id !== undefined && { from_id: bare(message.from_id) }),
    ...(message.actor_id !== undefined && { actor_id: bare(message.actor_id) }),
  };
}

/** The wall clock of São Paulo, where the exports of these tests are made. */
function localText(atSeconds: number): string {
  return new Date((atSeconds - 3 * 3600) * 1000).toISOString().slice(0, 19);
}

interface ExportedKind {
  readonly contentType: string;
  readonly message: (id: number) => object;
  readonly text?: string | null;
  readonly caption?: string;
}

const file = { file: 'files/file', file_name: 'file', file_size: 12, mime_type: 'x/y' };
const media = (contentType: string, fields: object, caption?: string): ExportedKind => ({
  contentType,
  message: (id) => exported(id, { ...fields, text: caption ?? '', text_entities: [] }),
  text: null,
  ...(caption !== undefined && { caption }),
});
const service = (contentType: string, action: string, fields: object = {}): ExportedKind => ({
  contentType,
  message: (id) => exportedService(id, action, fields),
  text: null,
});
const answer = { text: 'Sim', voters: 2, chosen: false };

/** A message of every kind that an export can hold, with the content type of the row that it must become. */
export const exportedKinds: readonly ExportedKind[] = [
  { contentType: 'text', message: (id) => exported(id, { text: 'olá' }), text: 'olá' },
  {
    contentType: 'text',
    message: (id) =>
      exported(id, {
        text: [
          'oi ',
          { type: 'mention_name', text: 'Bia', user_id: 77 },
          '',
          { type: 'bold', text: '!' },
          { type: 'custom_emoji', text: '😮', document_id: 'stickers/a (2).webm' },
        ],
      }),
    text: 'oi Bia!😮',
  },
  media('photo', { photo: 'photos/1.jpg', photo_file_size: 9, width: 800, height: 600 }, 'a caption'),
  media('photo', { photo: '(File not included. Change data exporting settings to download.)' }),
  media('video', { ...file, media_type: 'video_file', duration_seconds: 3, width: 8, height: 6 }, 'seen'),
  media('voice', { ...file, media_type: 'voice_message', duration_seconds: 3 }),
  media('video_note', { ...file, media_type: 'video_message', duration_seconds: 3, width: 240, height: 240 }),
  media('sticker', { ...file, media_type: 'sticker', sticker_emoji: '🎉', width: 512, height: 512 }),
  media('animation', { ...file, media_type: 'animation', width: 8, height: 6 }),
  media('audio', { ...file, media_type: 'audio_file', performer: 'P', title: 'T', duration_seconds: 99 }),
  media('document', file, 'the slides'),
  media('document', { ...file, media_type: 'a_kind_of_tomorrow' }),
  media('location', { location_information: { latitude: -23.5, longitude: -46.6 } }),
  media('location', { location_information: null, live_location_period_seconds: 900 }),
  media('venue', {
    place_name: 'Sala 3',
    address: 'Rua A',
    location_information: { latitude: 1, longitude: 2 },
  }),
  media('contact', { contact_information: { first_name: 'Bia', last_name: '', phone_number: '+55 11' } }),
  media('poll', { poll: { question: 'Vamos?', closed: false, total_voters: 2, answers: [answer] } }),
  media('poll', { poll: { question: ['Vamos', { type: 'bold', text: '?' }], answers: [answer] } }),
  media('checklist', { todo_list: { title: 'Tarefas', answers: [{ text: 'uma', id: 1 }] } }),
  media('game', { game_title: 'Xadrez', game_description: '' }),
  media('invoice', { invoice_information: '{"title":"x"}' }),
  media('giveaway', { giveaway_information: { quantity: 1 } }),
  media('giveaway_winners', { giveaway_results: { winners: [] } }),
  media('paid_media', { paid_stars_amount: 5 }),
  // Dice and stories leave nothing in an export.
  media('unknown', {}),
  service('group_chat_created', 'create_group', { title: 'Dados', members: ['Ana Souza', 'Bia'] }),
  service('supergroup_chat_created', 'create_channel', { title: 'Dados' }),
  service('new_chat_title', 'edit_group_title', { title: 'Dados 2' }),
  service('new_chat_photo', 'edit_group_photo', { photo: 'photos/2.jpg' }),
  service('delete_chat_photo', 'delete_group_photo'),
  service('new_chat_members', 'invite_members', { members: ['Bia', null] }),
  service('new_chat_members', 'join_group_by_link', { inviter: 'Group' }),
  service('new_chat_members', 'join_group_by_request'),
  service('left_chat_member', 'remove_members', { members: ['Bia'] }),
  service('migrate_from_chat_id', 'migrate_from_group', { title: 'Dados' }),
  service('migrate_to_chat_id', 'migrate_to_supergroup'),
  service('pinned_message', 'pin_message', { message_id: 1 }),
  service('successful_payment', 'send_payment', { amount: 100, currency: 'BRL' }),
  service('refunded_payment', 'refunded_payment', { amount: 100, currency: 'BRL' }),
  service('video_chat_started', 'group_call'),
  service('video_chat_ended', 'group_call', { duration: 60 }),
  service('video_chat_scheduled', 'group_call_scheduled', { schedule_date: noon }),
  service('video_chat_participants_invited', 'invite_to_group_call', { members: ['Bia'] }),
  service('message_auto_delete_timer_changed', 'set_messages_ttl', { period: 86_400 }),
  service('chat_background_set', 'set_chat_wallpaper'),
  service('chat_background_set', 'set_same_chat_wallpaper', { message_id: 1 }),
  service('forum_topic_created', 'topic_created', { title: 'Avisos' }),
  service('forum_topic_edited', 'topic_edit', { new_title: 'Avisos 2' }),
  service('proximity_alert_triggered', 'proximity_reached', { distance: 10 }),
  service('write_access_allowed', 'allow_sending_messages', { reason_domain: 'example.org' }),
  service('write_access_allowed', 'attach_menu_bot_allowed'),
  service('write_access_allowed', 'web_app_bot_allowed'),
  service('web_app_data', 'send_webview_data', { text: 'x' }),
  service('passport_data', 'send_passport_values', { values: ['email'] }),
  service('users_shared', 'requested_peer', { button_id: 1, peers: [] }),
  service('boost_added', 'boost_apply', { boosts: 2 }),
  service('gift', 'send_star_gift', { stars: 5, gift_text: 'x' }),
  service('giveaway_created', 'giveaway_launch'),
  service('giveaway_completed', 'giveaway_results', { winners: 1, unclaimed: 0 }),
  service('paid_message_price_changed', 'paid_messages_price_change', { price_stars: 3 }),
  service('checklist_tasks_done', 'todo_completions', { completed: [1], incompleted: [] }),
  service('checklist_tasks_added', 'todo_append_tasks', { items: [] }),
  service('suggested_post_approved', 'process_suggested_post'),
  service('suggested_post_declined', 'process_suggested_post', { rejected: true }),
  service('suggested_post_paid', 'suggested_post_success'),
  service('suggested_post_refunded', 'suggested_post_refund'),
  // The Bot API has no name for these.
  service('clear_history', 'clear_history'),
  service('score_in_game', 'score_in_game', { score: 3 }),
  service('phone_call', 'phone_call', { duration_seconds: 3 }),
  service('a_deed_of_tomorrow', 'a_deed_of_tomorrow'),
  {
    contentType: 'information_text',
    message: (id) => exportedService(id, undefined, { information_text: 'x' }),
    text: null,
  },
];
