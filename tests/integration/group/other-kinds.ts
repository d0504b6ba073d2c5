import { type Fields, group, type Post, people, post } from './post.ts';

/** One update of every kind that is no message of the group: none gives a row. */
export function otherKinds(date: number): Post[] {
  const [ana, joao] = people;
  const here = { chat: group, date };
  const message = { message_id: 1_000, from: ana, chat: group, date, text: 'Oi' };
  const member = { ...here, from: ana, old_chat_member: { user: joao, status: 'left' } };
  const boost = {
    boost_id: 'b',
    add_date: date,
    expiration_date: date + 86_400,
    source: { source: 'premium' },
  };
  const query = { id: '1', from: ana };
  const dated: Record<string, Fields> = {
    guest_message: message,
    business_message: message,
    edited_business_message: { ...message, edit_date: date + 1 },
    message_reaction: { ...here, message_id: 1_000, user: joao, old_reaction: [], new_reaction: [] },
    message_reaction_count: { ...here, message_id: 1_000, reactions: [] },
    my_chat_member: member,
    chat_member: member,
    chat_join_request: { ...here, from: joao, user_chat_id: joao.id },
    chat_boost: { chat: group, boost },
    removed_chat_boost: { chat: group, boost_id: 'b', remove_date: date, source: { source: 'premium' } },
    a_kind_of_the_future: { ...here, more: [{ deep: [1, null, 'x'] }] },
  };
  const undated: Record<string, Fields> = {
    callback_query: { ...query, message: { message_id: 1_000, chat: group, date: 0 }, data: 'no' },
    stopped_message_generation: { chat: group, draft_id: 1 },
    deleted_business_messages: { business_connection_id: 'c', chat: group, message_ids: [1_000] },
  };
  const ofNoChat: Record<string, Fields> = {
    business_connection: { id: 'c', user: ana, user_chat_id: ana.id, date, is_enabled: true },
    inline_query: { ...query, query: 'dados', offset: '' },
    chosen_inline_result: { result_id: '1', from: ana, query: 'dados' },
    shipping_query: { ...query, invoice_payload: 'p', shipping_address: {} },
    pre_checkout_query: { ...query, currency: 'BRL', total_amount: 100, invoice_payload: 'p' },
    purchased_paid_media: { from: ana, paid_media_payload: 'p' },
    managed_bot: { user: ana, bot: people[3] },
    subscription: { user: ana, invoice_payload: 'p', state: 'active' },
    poll: { id: '1', question: 'Qual?', options: [], total_voter_count: 0, is_closed: false },
    poll_answer: { poll_id: '1', user: ana, option_ids: [0] },
  };
  const kinds = (of: Record<string, Fields>) => Object.entries(of);
  let updateId = 990_000_000;
  return [
    ...kinds(dated).map(([kind, payload]) => post(++updateId, kind, payload, date)),
    ...kinds(undated).map(([kind, payload]) => ({
      ...post(++updateId, kind, payload, 0),
      stored: 'by arrival' as const,
    })),
    ...kinds(ofNoChat).map(([kind, payload]) => ({
      ...post(++updateId, kind, payload, 0),
      stored: 'nowhere' as const,
    })),
  ];
}
