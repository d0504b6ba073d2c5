import type { Poll, User } from '@grammyjs/types';
import type { Random } from '../base/random.ts';
import { photo, text } from './content.ts';
import { bot, channel, group, members, otherGroup } from './people.ts';
import { type Plan, send } from './plan.ts';

const [camila, otavio, jussara, davi, naomi, bruna, tiago] = members.map(({ user }) => user) as [
  User,
  User,
  User,
  User,
  User,
  User,
  User,
];

/**
 * Adds what happens once: the bot's promotion, a pinned deadline, a poll, pressed buttons, an album, forwards,
 * messages around midnight, and updates of other chats.
 */
export function addMilestones(plan: Plan, random: Random): void {
  addPromotion(plan);
  addDeadline(plan);
  addPoll(plan);
  addButtons(plan);
  addAlbum(plan, random);
  addForwards(plan);
  addMidnight(plan);
  addOtherChats(plan);
}

function addPromotion(plan: Plan): void {
  const { moment } = plan.calendar;
  const rights = {
    can_be_edited: false,
    is_anonymous: false,
    can_manage_chat: true,
    can_delete_messages: false,
    can_manage_video_chats: false,
    can_restrict_members: false,
    can_promote_members: false,
    can_change_info: false,
    can_invite_users: true,
    can_post_stories: false,
    can_edit_stories: false,
    can_delete_stories: false,
    can_pin_messages: true,
    can_send_welcome_messages: false,
  };
  const at = moment(0, 8, 30);
  plan.arrivals.push({
    at,
    update: () => ({
      my_chat_member: {
        chat: group,
        from: camila,
        date: at,
        old_chat_member: { status: 'member', user: bot },
        new_chat_member: { status: 'administrator', user: bot, ...rights },
      },
    }),
  });
}

function addDeadline(plan: Plan): void {
  const { moment, deadline } = plan.calendar;
  const notice = send(plan, {
    at: moment(3, 20, 2),
    from: camila,
    content: text(`📌 Entrega do projeto final: ${deadline}, até 23:59. Dúvidas aqui no grupo. #projeto`),
  });
  send(plan, { at: moment(3, 20, 2, 40), from: camila, content: {}, pins: notice });
}

function addPoll(plan: Plan): void {
  const { moment } = plan.calendar;
  const poll = (votes: readonly [number, number, number], is_closed: boolean): Poll => ({
    id: '5290017733412098765',
    question: 'Quando fazemos a aula extra?',
    options: ['Sábado de manhã', 'Sábado à tarde', 'Domingo de manhã'].map((option, index) => ({
      persistent_id: String(index),
      text: option,
      voter_count: votes[index] ?? 0,
    })),
    total_voter_count: votes[0] + votes[1] + votes[2],
    is_closed,
    is_anonymous: true,
    type: 'regular',
    allows_multiple_answers: false,
    allows_revoting: true,
    members_only: false,
  });
  send(plan, { at: moment(10, 19, 40), from: otavio, content: { poll: poll([0, 0, 0], false) } });
  // The result comes without a chat: the lake knows the poll by its message.
  plan.arrivals.push({ at: moment(12, 9), update: () => ({ poll: poll([17, 6, 4], true) }) });
}

/** The lake's own bot asked who comes; people press a button below its message, which no update brought. */
function addButtons(plan: Plan): void {
  const { moment } = plan.calendar;
  for (const [index, { user }] of members.slice(5, 17).entries()) {
    plan.arrivals.push({
      at: moment(14, 19, 5 + index),
      update: () => ({
        callback_query: {
          id: String(3_318_820_045_190_021 + index),
          from: user,
          // Only its ids: a message that was deleted since.
          message: { message_id: 4190, chat: group, date: 0 },
          chat_instance: '-7719280034412309981',
          data: index % 3 === 2 ? 'presence:no' : 'presence:yes',
        },
      }),
    });
  }
}

function addAlbum(plan: Plan, random: Random): void {
  const { moment } = plan.calendar;
  const media_group_id = '13871200934581120';
  for (const caption of ['Antes e depois do meu dashboard 📊 o que acharam?', '', '']) {
    send(plan, {
      at: moment(16, 21, 14, 9),
      from: tiago,
      content: { ...photo(random, caption), media_group_id },
    });
  }
}

function addForwards(plan: Plan): void {
  const { moment } = plan.calendar;
  send(plan, {
    at: moment(11, 10, 12),
    from: davi,
    content: {
      ...text('📢 Monitoria extra amanhã às 18h. Quem vem?'),
      forward_origin: { type: 'channel', chat: channel, message_id: 61, date: moment(11, 9, 55) },
    },
  });
  send(plan, {
    at: moment(20, 13, 31),
    from: naomi,
    content: {
      ...text('Why does everybody here start with pandas and end with SQL? 😄'),
      forward_origin: { type: 'hidden_user', sender_user_name: 'Old colleague', date: moment(19, 22) },
    },
  });
}

/** The last minute before the deadline, and an edit that reaches the webhook on the day after its message. */
function addMidnight(plan: Plan): void {
  const { moment } = plan.calendar;
  send(plan, {
    at: moment(25, 23, 59, 59),
    from: tiago,
    content: text('Entreguei no ÚLTIMO segundo!!! 😱'),
  });
  send(plan, { at: moment(26, 0), from: bruna, content: text('Meia-noite em ponto: acabou! 🎉🎉') });
  send(plan, { at: moment(26, 0, 0, 1), from: jussara, content: text('Parabéns, turma! Agora, dormir 😴') });
  const late = send(plan, {
    at: moment(17, 23, 58, 30),
    from: davi,
    content: text('Subi as respostas do módulo 4, boa noite!'),
  });
  plan.edits.push({
    at: moment(18, 0, 3, 12),
    of: late,
    content: text('Subi as respostas do módulo 5, boa noite! (corrigi o número do módulo)'),
  });
}

/** The webhook gets whatever the bot sees; only the configured group is kept. */
function addOtherChats(plan: Plan): void {
  const { moment } = plan.calendar;
  const messages = [
    { at: moment(2, 15, 3), from: otavio, chat: otherGroup, text: 'Quem leva o carvão no domingo?' },
    { at: moment(2, 15, 9), from: tiago, chat: otherGroup, text: 'Eu levo, e a farofa também' },
    { at: moment(8, 11, 44), from: bruna, chat: otherGroup, text: 'Churrasco confirmado? ☔' },
    {
      at: moment(13, 9, 27),
      from: jussara,
      chat: { id: jussara.id, type: 'private' as const, first_name: jussara.first_name },
      text: '/start',
    },
  ];
  for (const [index, { at, from, chat, text }] of messages.entries()) {
    plan.arrivals.push({
      at,
      update: () => ({ message: { message_id: 311 + index, from, chat, date: at, text } }),
    });
  }
}
