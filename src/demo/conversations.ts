import type { Random } from '../base/random.ts';
import { awake, dayOf, dayVolume, endSecond, hourOf, someMoment } from './calendar.ts';
import {
  type Chatter,
  documents,
  english,
  photoCaptions,
  photoQuestions,
  portuguese,
  staffRemarks,
  stickers,
} from './chatter.ts';
import { type Content, document, photo, sticker, text, voice } from './content.ts';
import { type Member, members } from './people.ts';
import { type Draft, type Plan, send } from './plan.ts';
import {
  recurringProblems,
  recurringQuestions,
  singleAnswers,
  singleAnswersInEnglish,
  singleQuestions,
  singleQuestionsInEnglish,
  slots,
} from './questions.ts';

/** Messages on an ordinary Monday. */
const ordinaryDay = 178;

/** Adds a day of talk to the plan: questions with and without answers, remarks, pictures, voice, stickers. */
export function addTalk(plan: Plan, random: Random, day: number): void {
  const enough = plan.drafts.length + ordinaryDay * dayVolume(day) * (0.93 + random.next() * 0.14);
  while (plan.drafts.length < enough) {
    const [, thread] = random.weighted(threads, ([weight]) => weight);
    thread(plan, random, someMoment(random, day));
  }
}

type Thread = (plan: Plan, random: Random, at: number) => void;

const threads: readonly (readonly [weight: number, thread: Thread])[] = [
  [20, recurringThread],
  [11, singleThread],
  [50, remarkThread],
  [5, greetingThread],
  [9, photoThread],
  [3, documentThread],
  [4, voiceThread],
  [8, stickerThread],
];

function recurringThread(plan: Plan, random: Random, at: number): void {
  const topic = random.weighted([...recurringQuestions, ...recurringProblems], ({ weight }) => weight);
  const wording = random.chance(0.7) ? (topic.wordings[0] as string) : random.pick(topic.wordings);
  const asker = someone(
    random,
    at,
    (member) => isStudent(member) && isEnglish(member) === (topic.language === 'en'),
  );
  const question = say(plan, at, asker, text(asked(random, wording, chatterOf(asker))));
  if (question) addAnswers(plan, random, question, topic.answers, 0.84);
}

function singleThread(plan: Plan, random: Random, at: number): void {
  const asker = someone(random, at, isStudent);
  const fill = filler(random);
  const wording = random.pick(isEnglish(asker) ? singleQuestionsInEnglish : singleQuestions);
  const question = say(plan, at, asker, text(fill(wording)));
  const answers = isEnglish(asker) ? singleAnswersInEnglish : singleAnswers;
  if (question) addAnswers(plan, random, question, answers.map(fill), 0.72);
}

function addAnswers(
  plan: Plan,
  random: Random,
  question: Draft,
  answers: readonly string[],
  answeredShare: number,
): void {
  const asker = memberOf(question);
  if (!random.chance(answeredShare)) {
    if (random.chance(0.2) && !isEnglish(asker)) {
      const later = awake(random, question.at + random.between(1_200, 14_400));
      const nudge = random.pick(['Alguém?', 'up 👆', 'Descobri, era permissão 😅', 'Deixa, já resolvi aqui']);
      say(plan, later, asker, text(nudge), question);
    }
    return;
  }
  const at = awake(random, question.at + 15 + Math.round(random.logNormal(11 * 60, 1.35)));
  const canHelp = (member: Member) =>
    member !== asker && (member.role !== 'student' || isEnglish(member) === isEnglish(asker));
  const helper = someone(random, at, canHelp, helpfulness);
  // Some people answer without Telegram's reply: such a question stays open for every query.
  const answer = say(
    plan,
    at,
    helper,
    text(random.pick(answers)),
    random.chance(0.92) ? question : undefined,
  );
  if (!answer) return;
  if (random.chance(0.3)) {
    const other = someone(random, at, (member) => member !== helper && canHelp(member), helpfulness);
    const addition = text(random.pick(chatterOf(asker).additions));
    say(plan, soon(random, at), other, addition, random.chance(0.5) ? question : answer);
  }
  if (random.chance(0.55)) {
    say(plan, soon(random, at), asker, text(random.pick(chatterOf(asker).thanks)), answer);
  }
}

function remarkThread(plan: Plan, random: Random, at: number): void {
  const author = someone(random, at);
  const remarks = isStudent(author) ? chatterOf(author).remarks : staffRemarks;
  const remark = say(plan, at, author, text(filler(random)(random.pick(remarks))));
  if (remark) addReplies(plan, random, remark, random.pick([0, 0, 1, 1, 2, 3, 4]));
}

function greetingThread(plan: Plan, random: Random, at: number): void {
  const author = someone(random, at);
  const hour = hourOf(at);
  const timeOfDay = hour >= 5 && hour < 12 ? 0 : hour >= 12 && hour < 18 ? 1 : 2;
  const greeting = say(plan, at, author, text(random.pick(chatterOf(author).greetings[timeOfDay])));
  if (greeting) addReplies(plan, random, greeting, random.between(0, 2));
}

function photoThread(plan: Plan, random: Random, at: number): void {
  const author = someone(random, at, isStudent);
  if (random.chance(0.25) && !isEnglish(author)) {
    const question = say(plan, at, author, photo(random, random.pick(photoQuestions)));
    if (question) addAnswers(plan, random, question, singleAnswers.map(filler(random)), 0.7);
    return;
  }
  const caption = isEnglish(author) || random.chance(0.3) ? '' : filler(random)(random.pick(photoCaptions));
  const picture = say(plan, at, author, photo(random, caption));
  if (picture) addReplies(plan, random, picture, random.between(0, 3));
}

function documentThread(plan: Plan, random: Random, at: number): void {
  const { fileName, mimeType, caption } = random.pick(documents);
  const file = say(plan, at, someone(random, at), document(random, fileName, mimeType, caption));
  if (file) addReplies(plan, random, file, random.between(0, 2));
}

function voiceThread(plan: Plan, random: Random, at: number): void {
  say(plan, at, someone(random, at), voice(random));
}

function stickerThread(plan: Plan, random: Random, at: number): void {
  say(plan, at, someone(random, at), sticker(random, random.pick(stickers)));
}

/** Adds short replies, one after another; some people just write on, without Telegram's reply. */
export function addReplies(plan: Plan, random: Random, to: Draft, count: number, replyShare = 0.6): void {
  let at = to.at;
  for (let index = 0; index < count; index++) {
    at = soon(random, at);
    const author = someone(random, at, ({ user }) => user.id !== to.from.id);
    const content = random.chance(0.06)
      ? sticker(random, random.pick(stickers))
      : text(random.pick(chatterOf(author).replies));
    say(plan, at, author, content, random.chance(replyShare) ? to : undefined);
  }
}

/** The message of a member, or nothing when the demo is over by then. */
function say(plan: Plan, at: number, member: Member, content: Content, replyTo?: Draft): Draft | undefined {
  if (at >= endSecond) return undefined;
  return send(plan, { at, from: member.user, content, ...(replyTo && { replyTo }) });
}

/** A member who is in the group at that moment, the talkative ones more often. */
export function someone(
  random: Random,
  at: number,
  fits: (member: Member) => boolean = () => true,
  weight: (member: Member) => number = ({ activity }) => activity,
): Member {
  const day = dayOf(at);
  const present = ({ joinsOnDay = -1, leavesOnDay = Number.POSITIVE_INFINITY }: Member) =>
    joinsOnDay < day && day < leavesOnDay;
  return random.weighted(
    members.filter((member) => present(member) && fits(member)),
    weight,
  );
}

const helpfulness = ({ role, activity }: Member): number => (role === 'student' ? activity : activity * 4);

const memberOf = ({ from }: Draft): Member => members.find(({ user }) => user.id === from.id) as Member;

const isStudent = ({ role }: Member): boolean => role === 'student';

const isEnglish = ({ user }: Member): boolean => user.language_code === 'en';

const chatterOf = (member: Member): Chatter => (isEnglish(member) ? english : portuguese);

/** Half a minute to some minutes later, or the next morning. */
const soon = (random: Random, at: number): number =>
  awake(random, at + 20 + Math.round(random.logNormal(100, 1)));

/** Fills the slots of texts by chance: alike in all texts of one thread, unlike within one text. */
function filler(random: Random): (pattern: string) => string {
  const chosen = new Map<string, string[]>();
  return (pattern) => {
    const seen = new Map<string, number>();
    return pattern.replace(/\{(\w+)\}/g, (_, slot: string) => {
      const values = chosen.get(slot) ?? [];
      chosen.set(slot, values);
      const index = seen.get(slot) ?? 0;
      seen.set(slot, index + 1);
      if (index === values.length) {
        values.push(random.pick((slots[slot] ?? []).filter((value) => !values.includes(value))));
      }
      return values[index] ?? slot;
    });
  };
}

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
