import type { Random } from '../base/random.ts';
import { text } from './content.ts';
import { group, helperBot } from './people.ts';
import { type Draft, type Plan, send } from './plan.ts';
import type { Problem } from './problems/problem.ts';
import { ask, confirm, memberOf, someone, soon } from './speech.ts';

/** What the bot says to what it does not know: the same words to many questions. */
const fallback = 'Essa eu ainda não sei responder 😕 Chamei a monitoria para você.';

/**
 * What the helper bot does about a question: it answers what it knows, at once, and on some others says that it does
 * not know. `solved` when nobody else needs to answer.
 */
export function helpByBot(plan: Plan, random: Random, question: Draft, problem: Problem): 'solved' | 'open' {
  if (!random.chance(problem.botKnows ? 0.6 : 0.22)) return 'open';
  const [known = ''] = problem.answers;
  const words = problem.botKnows ? known.replace('{deadline}', plan.calendar.deadline) : fallback;
  const answer = reply(plan, random, question, words, problem.botKnows ? { answers: question } : {});
  if (!answer || !problem.botKnows) return 'open';
  const helped = random.chance(0.75);
  if (random.chance(0.4)) press(plan, random, answer, helped ? 'ajudou:sim' : 'ajudou:nao');
  if (helped) {
    if (random.chance(0.6)) confirm(plan, random, answer);
    return 'solved';
  }
  // Who got no help asks again within the day, in other words, or waits for a person.
  const later = plan.calendar.awake(random, question.at + random.between(1_800, 6 * 3_600));
  if (random.chance(0.4)) ask(plan, random, later, memberOf(question), problem);
  return 'open';
}

function reply(
  plan: Plan,
  random: Random,
  to: Draft,
  words: string,
  about: Pick<Draft, 'answers'> = {},
): Draft | undefined {
  const at = to.at + random.between(1, 4);
  if (at >= plan.calendar.endSecond) return undefined;
  return send(plan, { at, from: helperBot, content: text(words), replyTo: to, ...about });
}

/** The person who asked presses a button below the bot's answer. */
function press(plan: Plan, random: Random, answer: Draft, data: string): void {
  const { from } = answer.replyTo as Draft;
  const at = soon(plan, random, answer.at);
  if (at >= plan.calendar.endSecond) return;
  const id = String(random.between(1_000_000_000, 2_000_000_000));
  const { at: date } = answer;
  plan.arrivals.push({
    at,
    update: () => ({
      callback_query: {
        id,
        from,
        message: {
          message_id: answer.messageId,
          from: helperBot,
          chat: group,
          date,
          text: answer.content.text ?? '',
        },
        chat_instance: '-7719280034412309981',
        data,
      },
    }),
  });
}

const commands: readonly { command: string; weight: number; answer?: string }[] = [
  {
    command: '/aula',
    weight: 5,
    answer: 'Aulas às terças e quintas, 19h30. O link chega dez minutos antes.',
  },
  { command: '/prazo', weight: 4, answer: 'Entrega do projeto: {deadline}, até 23:59.' },
  { command: '/gravacao', weight: 3, answer: 'As gravações ficam em Módulos > Gravações 🎥' },
  { command: '/ajuda', weight: 2, answer: 'Eu conheço /aula, /prazo e /gravacao. Ou escreva sua dúvida.' },
  // The bot does not know it, and nobody answers.
  { command: '/nota', weight: 2 },
];

/** Adds the commands of a day, and what the bot answers; newcomers begin with `/start`. */
export function addCommands(plan: Plan, random: Random, day: number): void {
  const { calendar } = plan;
  for (let index = random.between(1, 5); index > 0; index--) {
    const at = calendar.someMoment(random, day);
    const { command, answer } = random.weighted(commands, ({ weight }) => weight);
    const person = someone(plan, random, at, ({ role }) => role === 'student');
    // The menu of Telegram's apps adds the bot's name.
    const typed = random.chance(0.5) ? `${command}@${helperBot.username}` : command;
    const sent = send(plan, { at, from: person.user, content: text(typed) });
    if (answer) reply(plan, random, sent, answer.replace('{deadline}', calendar.deadline));
  }
  for (const draft of plan.drafts.filter(isJoining)) {
    if (calendar.dayOf(draft.at) !== day || !random.chance(0.8)) continue;
    const at = draft.at + random.between(30, 600);
    const sent = send(plan, { at, from: draft.from, content: text('/start') });
    reply(plan, random, sent, `Boas-vindas, ${draft.from.first_name}! Mande /ajuda para ver o que eu sei.`);
  }
}

const isJoining = ({ content }: Draft): boolean => content.new_chat_members !== undefined;
