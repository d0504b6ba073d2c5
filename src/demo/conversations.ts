import type { Random } from '../base/random.ts';
import { documents, photoCaptions, staffRemarks, stickers } from './chatter.ts';
import { document, photo, sticker, text, voice } from './content.ts';
import { helpByBot } from './helper-bot.ts';
import type { Member } from './people.ts';
import type { Draft, Plan } from './plan.ts';
import { allProblems } from './problems/all-problems.ts';
import { fileProblem, pictureProblems } from './problems/pictures.ts';
import { slots } from './slots.ts';
import { ask, chatterOf, confirm, isEnglish, isStudent, memberOf, say, someone, soon } from './speech.ts';

/** Messages on an ordinary Monday. */
const ordinaryDay = 178;

/** Adds a day of talk to the plan: questions with and without answers, remarks, pictures, voice, stickers. */
export function addTalk(plan: Plan, random: Random, day: number): void {
  const enough = plan.drafts.length + ordinaryDay * plan.calendar.volume(day) * (0.93 + random.next() * 0.14);
  while (plan.drafts.length < enough) {
    const [, thread] = random.weighted(threads, ([weight]) => weight);
    thread(plan, random, plan.calendar.someMoment(random, day));
  }
}

type Thread = (plan: Plan, random: Random, at: number) => void;

const threads: readonly (readonly [weight: number, thread: Thread])[] = [
  [31, problemThread],
  [50, remarkThread],
  [5, greetingThread],
  [9, photoThread],
  [3, documentThread],
  [4, voiceThread],
  [8, stickerThread],
];

function problemThread(plan: Plan, random: Random, at: number): void {
  const problem = random.weighted(allProblems, ({ weight }) => weight);
  const inEnglish = problem.language === 'en';
  const fits = (member: Member) => isStudent(member) && isEnglish(member) === inEnglish;
  const question = ask(plan, random, at, someone(plan, random, at, fits), problem);
  if (!question) return;
  if (!inEnglish && helpByBot(plan, random, question, problem) === 'solved') return;
  addAnswers(plan, random, question, problem.answers, 0.8);
}

function addAnswers(
  plan: Plan,
  random: Random,
  question: Draft,
  answers: readonly string[],
  answeredShare: number,
): void {
  const { calendar } = plan;
  const asker = memberOf(question);
  if (!random.chance(answeredShare)) {
    if (random.chance(0.2) && !isEnglish(asker)) {
      const later = calendar.awake(random, question.at + random.between(1_200, 14_400));
      const nudge = random.pick(['Alguém?', 'up 👆', 'Descobri, era permissão 😅', 'Deixa, já resolvi aqui']);
      say(plan, later, asker, text(nudge), { replyTo: question });
    }
    return;
  }
  const at = calendar.awake(random, question.at + 15 + Math.round(random.logNormal(11 * 60, 1.35)));
  const canHelp = (member: Member) =>
    member !== asker && (member.role !== 'student' || isEnglish(member) === isEnglish(asker));
  const helper = someone(plan, random, at, canHelp, helpfulness);
  const answer = answerTo(plan, random, question, at, helper, random.pick(answers));
  if (!answer) return;
  if (random.chance(0.3)) {
    const other = someone(plan, random, at, (member) => member !== helper && canHelp(member), helpfulness);
    const addition = text(random.pick(chatterOf(asker).additions));
    say(plan, soon(plan, random, at), other, addition, { replyTo: random.chance(0.5) ? question : answer });
  }
  if (random.chance(0.55)) confirm(plan, random, answer);
}

/** People answer by Telegram's reply, by naming who asked, or by just writing on: the latter soon, while it is plain. */
function answerTo(
  plan: Plan,
  random: Random,
  question: Draft,
  at: number,
  helper: Member,
  words: string,
): Draft | undefined {
  const content = words.replace('{deadline}', plan.calendar.deadline);
  const way = random.next();
  if (way < 0.7) return say(plan, at, helper, text(content), { replyTo: question, answers: question });
  if (way < 0.88) {
    const { first_name, username } = question.from;
    const name = username && random.chance(0.5) ? `@${username}` : first_name;
    const rest = content.replace(/^\p{Lu}(?=\p{Ll}*[\s,.!?])/u, (letter) => letter.toLowerCase());
    return say(plan, at, helper, text(`${name}, ${rest}`), { answers: question });
  }
  const shortly = question.at + random.between(20, 120);
  return say(plan, shortly, helper, text(content), { answers: question });
}

function remarkThread(plan: Plan, random: Random, at: number): void {
  const author = someone(plan, random, at);
  const remarks = isStudent(author) ? chatterOf(author).remarks : staffRemarks;
  const remark = say(plan, at, author, text(filler(random)(random.pick(remarks))));
  if (remark) addReplies(plan, random, remark, random.pick([0, 0, 1, 1, 2, 3, 4]));
}

function greetingThread(plan: Plan, random: Random, at: number): void {
  const author = someone(plan, random, at);
  const hour = plan.calendar.hourOf(at);
  const timeOfDay = hour >= 5 && hour < 12 ? 0 : hour >= 12 && hour < 18 ? 1 : 2;
  const greeting = say(plan, at, author, text(random.pick(chatterOf(author).greetings[timeOfDay])));
  if (greeting) addReplies(plan, random, greeting, random.between(0, 2));
}

function photoThread(plan: Plan, random: Random, at: number): void {
  const author = someone(plan, random, at, isStudent);
  if (random.chance(0.25) && !isEnglish(author)) {
    const problem = random.pick(pictureProblems);
    const question = say(plan, at, author, photo(random, problem.wordings[0]), { problem });
    if (question) addAnswers(plan, random, question, problem.answers.map(filler(random)), 0.7);
    return;
  }
  const caption = isEnglish(author) || random.chance(0.3) ? '' : filler(random)(random.pick(photoCaptions));
  const picture = say(plan, at, author, photo(random, caption));
  if (picture) addReplies(plan, random, picture, random.between(0, 3));
}

function documentThread(plan: Plan, random: Random, at: number): void {
  const { fileName, mimeType, caption } = random.pick(documents);
  const asks = caption === fileProblem.wordings[0];
  const author = someone(plan, random, at, (member) => !asks || isStudent(member));
  const content = document(random, fileName, mimeType, caption);
  const file = say(plan, at, author, content, asks ? { problem: fileProblem } : {});
  if (file && asks) addAnswers(plan, random, file, fileProblem.answers, 0.7);
  else if (file) addReplies(plan, random, file, random.between(0, 2));
}

function voiceThread(plan: Plan, random: Random, at: number): void {
  say(plan, at, someone(plan, random, at), voice(random));
}

function stickerThread(plan: Plan, random: Random, at: number): void {
  say(plan, at, someone(plan, random, at), sticker(random, random.pick(stickers)));
}

/** Adds short replies, one after another; some people just write on, without Telegram's reply. */
export function addReplies(plan: Plan, random: Random, to: Draft, count: number, replyShare = 0.6): void {
  let at = to.at;
  for (let index = 0; index < count; index++) {
    at = soon(plan, random, at);
    const author = someone(plan, random, at, ({ user }) => user.id !== to.from.id);
    const content = random.chance(0.06)
      ? sticker(random, random.pick(stickers))
      : text(random.pick(chatterOf(author).replies));
    say(plan, at, author, content, random.chance(replyShare) ? { replyTo: to } : {});
  }
}

const helpfulness = ({ role, activity }: Member): number => (role === 'student' ? activity : activity * 4);

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
