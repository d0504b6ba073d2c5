import { asString, type JsonObject } from '../../base/json.ts';

/** What the other fields of a service message refer to. */
export interface ServiceContext {
  /** Who did it, as the Bot API names a user; undefined where the export does not say. */
  readonly actor: JsonObject | undefined;
  readonly isChannel: boolean;
  /** Chat that this group became, or was before: null where that is not known. */
  readonly migratedTo: number | null;
  readonly migratedFrom: number | null;
}

/**
 * What a service message reports, as the Bot API's one field for it: `{new_chat_members: […]}`, `{pinned_message: …}`.
 *
 * Members are known by name alone: an export does not have their ids, except of those who joined by themselves. An
 * action that the Bot API has no field for is named by the export's own word: `{clear_history: true}`.
 */
export function serviceOf(exported: JsonObject, context: ServiceContext): JsonObject {
  const action = asString(exported.action);
  if (action === undefined) return { information_text: exported.information_text ?? '' };
  return Object.hasOwn(actions, action) ? (actions[action]?.(exported, context) ?? {}) : { [action]: true };
}

const actions: Readonly<Record<string, (exported: JsonObject, context: ServiceContext) => JsonObject>> = {
  create_group: () => ({ group_chat_created: true }),
  create_channel: (_, { isChannel }) =>
    isChannel ? { channel_chat_created: true } : { supergroup_chat_created: true },
  edit_group_title: ({ title }) => ({ new_chat_title: title ?? '' }),
  edit_group_photo: () => ({ new_chat_photo: [] }),
  delete_group_photo: () => ({ delete_chat_photo: true }),
  invite_members: ({ members }) => ({ new_chat_members: namedUsers(members) }),
  join_group_by_link: (_, { actor }) => ({ new_chat_members: [actor ?? {}] }),
  join_group_by_request: (_, { actor }) => ({ new_chat_members: [actor ?? {}] }),
  remove_members: ({ members }) => ({ left_chat_member: namedUsers(members)[0] ?? {} }),
  migrate_to_supergroup: (_, { migratedTo }) => ({ migrate_to_chat_id: migratedTo }),
  migrate_from_group: (_, { migratedFrom }) => ({ migrate_from_chat_id: migratedFrom }),
  pin_message: ({ message_id }) => ({ pinned_message: message_id === undefined ? {} : { message_id } }),
  send_payment: ({ currency, amount }) => ({ successful_payment: { currency, total_amount: amount } }),
  refunded_payment: ({ currency, amount }) => ({ refunded_payment: { currency, total_amount: amount } }),
  group_call: ({ duration }) =>
    duration === undefined ? { video_chat_started: {} } : { video_chat_ended: { duration } },
  group_call_scheduled: ({ schedule_date }) => ({ video_chat_scheduled: { start_date: schedule_date } }),
  invite_to_group_call: ({ members }) => ({
    video_chat_participants_invited: { users: namedUsers(members) },
  }),
  set_messages_ttl: ({ period }) => ({
    message_auto_delete_timer_changed: { message_auto_delete_time: period },
  }),
  set_chat_wallpaper: () => ({ chat_background_set: {} }),
  set_same_chat_wallpaper: () => ({ chat_background_set: {} }),
  topic_created: ({ title }) => ({ forum_topic_created: { name: title } }),
  topic_edit: ({ new_title }) => ({ forum_topic_edited: { name: new_title } }),
  proximity_reached: ({ distance }) => ({ proximity_alert_triggered: { distance } }),
  allow_sending_messages: () => ({ write_access_allowed: {} }),
  attach_menu_bot_allowed: () => ({ write_access_allowed: {} }),
  web_app_bot_allowed: () => ({ write_access_allowed: {} }),
  send_webview_data: () => ({ web_app_data: {} }),
  send_passport_values: () => ({ passport_data: {} }),
  requested_peer: () => ({ users_shared: {} }),
  boost_apply: ({ boosts }) => ({ boost_added: { boost_count: boosts } }),
  send_star_gift: () => ({ gift: {} }),
  giveaway_launch: () => ({ giveaway_created: {} }),
  giveaway_results: ({ winners }) => ({ giveaway_completed: { winner_count: winners } }),
  paid_messages_price_change: ({ price_stars }) => ({
    paid_message_price_changed: { paid_message_star_count: price_stars },
  }),
  todo_completions: ({ completed }) => ({ checklist_tasks_done: { marked_as_done_task_ids: completed } }),
  todo_append_tasks: () => ({ checklist_tasks_added: {} }),
  process_suggested_post: ({ rejected }) =>
    rejected ? { suggested_post_declined: {} } : { suggested_post_approved: {} },
  suggested_post_success: () => ({ suggested_post_paid: {} }),
  suggested_post_refund: () => ({ suggested_post_refunded: {} }),
};

function namedUsers(members: unknown): JsonObject[] {
  const names = Array.isArray(members) ? members : [];
  return names.map((name) => (typeof name === 'string' ? { first_name: name } : {}));
}
