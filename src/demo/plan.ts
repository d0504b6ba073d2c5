import type { Chat, Update, User } from '@grammyjs/types';
import type { Calendar } from './calendar.ts';
import type { Content } from './content.ts';
import type { Problem } from './problems/problem.ts';

/** All that happens in the demo group, in no order. */
export interface Plan {
  readonly calendar: Calendar;
  readonly drafts: Draft[];
  readonly edits: Edit[];
  readonly arrivals: Arrival[];
}

/** A message that will be sent; its id is given once all are in the order of their sending. */
export interface Draft {
  /** Unix seconds. */
  readonly at: number;
  readonly from: User;
  /** The chat it is sent as, when not as a person. */
  readonly senderChat?: Chat;
  content: Content;
  readonly replyTo?: Draft;
  /** The message that this service message pins. */
  readonly pins?: Draft;
  /** What it asks about. */
  readonly problem?: Problem;
  /** The question that it answers, with Telegram's reply or without. */
  readonly answers?: Draft;
  /** The answer of which the asker says here that it helped. */
  readonly confirms?: Draft;
  /** Whether the asker says by a reaction that this answer helped. */
  isThanked?: boolean;
  messageId: number;
}

/** A later version of a draft's message. */
export interface Edit {
  /** Unix seconds. */
  readonly at: number;
  readonly of: Draft;
  readonly content: Content;
}

/** Something that reaches the webhook besides messages and edits. */
export interface Arrival {
  /** Unix seconds. */
  readonly at: number;
  /** Called once every draft has its id. */
  readonly update: () => Omit<Update, 'update_id'>;
}

/** The draft, added to the plan. */
export function send(plan: Plan, draft: Omit<Draft, 'messageId'>): Draft {
  const added = { ...draft, messageId: 0 };
  plan.drafts.push(added);
  return added;
}
