import type { ChatMember } from '@grammyjs/types';
import type { Random } from '../base/random.ts';
import { adminPosts, announcements } from './chatter.ts';
import { text } from './content.ts';
import { addReplies } from './conversations.ts';
import { anonymousAdmin, channel, group, members, telegramService } from './people.ts';
import { type Plan, send } from './plan.ts';
import { react, someone } from './speech.ts';

/** Adds the posts of the linked channel and those of administrators who write as the group. */
export function addPosts(plan: Plan, random: Random, day: number): void {
  const { moment, isLessonDay, deadline } = plan.calendar;
  if (isLessonDay(day)) {
    const at = moment(day, 12, random.between(0, 20), random.between(0, 59));
    const post = text(
      random
        .pick(announcements)
        .replace('{module}', String(2 + Math.floor(day / 5)))
        .replace('{deadline}', deadline),
    );
    const forward = send(plan, {
      at,
      from: telegramService,
      senderChat: channel,
      content: {
        ...post,
        is_automatic_forward: true,
        forward_origin: { type: 'channel', chat: channel, message_id: 40 + day, date: at - 2 },
      },
    });
    addReplies(plan, random, forward, random.between(0, 3), 1);
  }
  if (random.chance(0.6)) {
    const at = moment(day, random.between(9, 21), random.between(0, 59), random.between(0, 59));
    send(plan, { at, from: anonymousAdmin, senderChat: group, content: text(random.pick(adminPosts)) });
  }
}

/** Adds each joining and leaving: the service message that people see and the update about the member. */
export function addMembership(plan: Plan, random: Random): void {
  const { moment } = plan.calendar;
  for (const { user, joinsOnDay, leavesOnDay } of members) {
    const member: ChatMember = { status: 'member', user };
    const left: ChatMember = { status: 'left', user };
    const changes = [
      { day: joinsOnDay, before: left, after: member, content: { new_chat_members: [user] } },
      { day: leavesOnDay, before: member, after: left, content: { left_chat_member: user } },
    ];
    for (const { day, before, after, content } of changes) {
      if (day === undefined) continue;
      const at = moment(day, random.between(10, 21), random.between(0, 59), random.between(0, 59));
      send(plan, { at, from: user, content });
      plan.arrivals.push({
        at,
        update: () => ({
          chat_member: { chat: group, from: user, date: at, old_chat_member: before, new_chat_member: after },
        }),
      });
    }
  }
}

const emoji = ['👍', '❤', '🔥', '👏', '😁', '🎉', '🙏', '💯', '🤣'] as const;

/** Adds reactions to about every tenth message: people press a thumb more often than they write. */
export function addReactions(plan: Plan, random: Random): void {
  for (const draft of plan.drafts) {
    if (!random.chance(0.085)) continue;
    const at = draft.at + 8 + Math.round(random.logNormal(150, 1.2));
    if (at >= plan.calendar.endSecond) continue;
    const member = someone(plan, random, at, ({ user }) => user.id !== draft.from.id);
    react(plan, at, member, draft, random.pick(emoji));
  }
}
