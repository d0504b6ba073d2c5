import type { ReactionTypeEmoji } from '@grammyjs/types';
import type { Random } from '../base/random.ts';
import { type Chatter, english, portuguese } from './chatter.ts';
import { type Content, text } from './content.ts';
import { group, type Member, members } from './people.ts';
import { type Draft, type Plan, send } from './plan.ts';
import type { Problem } from './problems/problem.ts';

/** A question about a problem, as this person would type it. */
export function ask(
  plan: Plan,
  random: Random,
  at: number,
  asker: Member,
  problem: Problem,
): Draft | undefined {
  const wording = random.chance(0.25) ? (problem.wordings[0] as string) : random.pick(problem.wordings);
  return say(plan, at, asker, text(asked(random, wording, chatterOf(asker))), { problem });
}

/** Who asked says that an answer helped: by a reaction to it, or in words, mostly in reply to it. */
export function confirm(plan: Plan, random: Random, answer: Draft): void {
  const question = answer.answers as Draft;
  const asker = memberOf(question);
  if (random.chance(0.2)) {
    const at = soon(plan, random, answer.at);
    if (at >= plan.calendar.endSecond) return;
    react(plan, at, asker, answer, random.pick(['👍', '🙏', '❤']));
    answer.isThanked = true;
    return;
  }
  const thanks = text(random.pick(chatterOf(asker).thanks));
  const replyTo = random.chance(0.85) ? { replyTo: answer } : {};
  say(plan, soon(plan, random, answer.at), asker, thanks, { ...replyTo, confirms: answer });
}

/** The message of a member, or nothing when the demo is over by then. */
export function say(
  plan: Plan,
  at: number,
  member: Member,
  content: Content,
  about: Pick<Draft, 'replyTo' | 'problem' | 'answers' | 'confirms'> = {},
): Draft | undefined {
  if (at >= plan.calendar.endSecond) return undefined;
  return send(plan, { at, from: member.user, content, ...about });
}

/** The reaction of a member to a message. */
export function react(
  plan: Plan,
  at: number,
  { user }: Member,
  to: Draft,
  emoji: ReactionTypeEmoji['emoji'],
): void {
  plan.arrivals.push({
    at,
    update: () => ({
      message_reaction: {
        chat: group,
        message_id: to.messageId,
        user,
        date: at,
        old_reaction: [],
        new_reaction: [{ type: 'emoji', emoji }],
      },
    }),
  });
}

/** A member who is in the group at that moment, the talkative ones more often. */
export function someone(
  plan: Plan,
  random: Random,
  at: number,
  fits: (member: Member) => boolean = () => true,
  weight: (member: Member) => number = ({ activity }) => activity,
): Member {
  const day = plan.calendar.dayOf(at);
  const present = ({ joinsOnDay = -1, leavesOnDay = Number.POSITIVE_INFINITY }: Member) =>
    joinsOnDay < day && day < leavesOnDay;
  return random.weighted(
    members.filter((member) => present(member) && fits(member)),
    weight,
  );
}

export const memberOf = ({ from }: Draft): Member =>
  members.find(({ user }) => user.id === from.id) as Member;

export const isStudent = ({ role }: Member): boolean => role === 'student';

export const isEnglish = ({ user }: Member): boolean => user.language_code === 'en';

export const chatterOf = (member: Member): Chatter => (isEnglish(member) ? english : portuguese);

/** Half a minute to some minutes later, or the next morning. */
export const soon = (plan: Plan, random: Random, at: number): number =>
  plan.calendar.awake(random, at + 20 + Math.round(random.logNormal(100, 1)));

/** A wording as one person would type it: greeting or none, accents or none, more or fewer question marks. */
function asked(random: Random, wording: string, { openings }: Chatter): string {
  let typed = wording;
  if (random.chance(0.3)) typed = typed.normalize('NFD').replace(/\p{Mn}/gu, '');
  if (random.chance(0.4)) typed = typed.toLowerCase();
  if (random.chance(0.2)) typed = typed.replace(/\?$/, random.pick(['??', ' ?', '???', '?!']));
  else if (random.chance(0.15) && /^(algu[eé]m|como faço|how)/i.test(typed)) typed = typed.replace(/\?$/, '');
  if (random.chance(0.35)) {
    const opening = random.pick(openings);
    typed = opening + (opening.endsWith(', ') ? typed.charAt(0).toLowerCase() + typed.slice(1) : typed);
  }
  if (random.chance(0.12))
    typed += openings === portuguese.openings ? random.pick([' 🙏', ' Valeu!']) : ' Thanks!';
  return typed;
}
