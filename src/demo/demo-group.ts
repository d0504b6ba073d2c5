import type { Message, Update } from '@grammyjs/types';
import { type Random, seededRandom } from '../base/random.ts';
import { calendarUntil, dayCount, fixedLastDay } from './calendar.ts';
import { text } from './content.ts';
import { addTalk } from './conversations.ts';
import { addMembership, addPosts, addReactions } from './happenings.ts';
import { addCommands } from './helper-bot.ts';
import { addMilestones } from './milestones.ts';
import { group } from './people.ts';
import type { Draft, Plan } from './plan.ts';
import type { Problem } from './problems/problem.ts';

/** The chat of the demo group: set it as the chat to keep before posting the demo's updates. */
export const demoChatId = group.id;

export interface DemoOptions {
  /** Another seed gives another month. */
  readonly seed?: number;
  /** The last of its days, `YYYY-MM-DD`. */
  readonly lastDay?: string;
}

/**
 * About 5,400 updates as Telegram would post them to the webhook, in the order of their delivery: thirty days of São Paulo in
 * the group of a data course.
 *
 * People ask about some sixty problems, each in words of their own, and answer by reply, by name or by writing on. A bot
 * answers what it knows, fails on the rest, and takes commands and presses of buttons. Besides it holds what a real group brings: edits, redeliveries, pictures, an album,
 * stickers, voice, files, forwards, a linked channel, administrators who post as the group, members who come and
 * go, reactions, a poll and updates of other chats. All people are invented.
 *
 * Trap: an update of kind `poll` or `callback_query` has no date of its own, so its day is the day of posting.
 *
 * The same options give the same month, byte for byte.
 */
export function* demoGroup(options: DemoOptions = {}): Generator<Update> {
  const { plan, random } = planned(options);

  const arrivals = [
    ...plan.drafts.map((draft) => ({ at: draft.at, update: () => ({ message: messageOf(draft) }) })),
    ...plan.edits.map(({ at, of, content }) => ({
      at,
      update: () => ({ edited_message: { ...messageOf({ ...of, content }), edit_date: at } }),
    })),
    ...plan.arrivals,
  ].sort((one, other) => one.at - other.at);

  let updateId = 812_345_000;
  for (const { update } of arrivals) {
    updateId += 1;
    const delivered: Update = { update_id: updateId, ...update() };
    yield delivered;
    // A slow answer makes Telegram deliver the same update again.
    if (random.chance(0.01)) yield delivered;
  }
}

/** What is so in the demo group, to compare with what queries find. All by message id. */
export interface DemoTruth {
  /** The questions, each with a number for what it asks about. */
  readonly problems: ReadonlyMap<number, number>;
  /** By whom a question was answered. */
  readonly answeredBy: ReadonlyMap<number, ReadonlySet<'person' | 'bot'>>;
  /** The questions of which the asker said that an answer helped. */
  readonly confirmed: ReadonlySet<number>;
}

/** The truth of the month that `demoGroup` gives for the same options. */
export function demoTruth(options: DemoOptions = {}): DemoTruth {
  const { drafts } = planned(options).plan;
  const numbers = new Map<Problem, number>();
  const problems = new Map<number, number>();
  const answeredBy = new Map<number, Set<'person' | 'bot'>>();
  const confirmed = new Set<number>();
  for (const { messageId, problem, answers, confirms, isThanked, from } of drafts) {
    if (problem) {
      numbers.set(problem, numbers.get(problem) ?? numbers.size);
      problems.set(messageId, numbers.get(problem) ?? 0);
    }
    if (answers) {
      const by = answeredBy.get(answers.messageId) ?? new Set();
      answeredBy.set(answers.messageId, by.add(from.is_bot ? 'bot' : 'person'));
    }
    if (answers && isThanked) confirmed.add(answers.messageId);
    if (confirms?.answers) confirmed.add(confirms.answers.messageId);
  }
  return { problems, answeredBy, confirmed };
}

function planned({ seed = 7, lastDay }: DemoOptions): { plan: Plan; random: Random } {
  const random = seededRandom(seed);
  const plan = plannedMonth(random, lastDay);
  numberMessages(plan.drafts, random);
  return { plan, random };
}

function plannedMonth(random: Random, lastDay = fixedLastDay): Plan {
  const plan: Plan = { calendar: calendarUntil(lastDay), drafts: [], edits: [], arrivals: [] };
  addMilestones(plan, random);
  addMembership(plan, random);
  for (let day = 0; day < dayCount; day++) {
    addPosts(plan, random, day);
    addTalk(plan, random, day);
    addCommands(plan, random, day);
  }
  addReactions(plan, random);
  addCorrections(plan, random);
  return plan;
}

/** Adds edits: a word with two letters swapped, put right a little later. */
function addCorrections(plan: Plan, random: Random): void {
  for (const draft of plan.drafts) {
    const final = draft.content.text;
    if (
      !final ||
      draft.content.entities ||
      draft.senderChat ||
      draft.from.is_bot ||
      final.length < 24 ||
      !random.chance(0.04)
    )
      continue;
    const typo = final.replace(/(\p{Ll}{2})(\p{Ll})(\p{Ll})(?=\p{Ll})/u, '$1$3$2');
    if (typo === final) continue;
    draft.content = text(typo);
    plan.edits.push({
      at: plan.calendar.awake(random, draft.at + random.between(9, 400)),
      of: draft,
      content: text(final),
    });
  }
}

type ReplyMessage = NonNullable<Message['reply_to_message']>;

/** Gives ids in the order of sending. Some ids are missing: those of the bot's own messages and of deleted ones. */
function numberMessages(drafts: Draft[], random: Random): void {
  drafts.sort((one, other) => one.at - other.at);
  let messageId = 4_200;
  for (const draft of drafts) {
    messageId += random.chance(0.03) ? 2 : 1;
    draft.messageId = messageId;
  }
}

function messageOf(draft: Draft): NonNullable<Update['message']> {
  const { replyTo, pins } = draft;
  const message = messageAlone(draft);
  // Telegram nests the message replied to, without what that one replied to in turn.
  if (replyTo) message.reply_to_message = messageAlone(replyTo) as Message as ReplyMessage;
  // Comments on a post of the linked channel form a thread of their own.
  if (replyTo?.content.is_automatic_forward) message.message_thread_id = replyTo.messageId;
  if (pins) message.pinned_message = messageAlone(pins);
  return message;
}

function messageAlone({ messageId, from, senderChat, at, content }: Draft): NonNullable<Update['message']> {
  return {
    message_id: messageId,
    from,
    ...(senderChat && { sender_chat: senderChat }),
    chat: group,
    date: at,
    ...content,
  };
}
