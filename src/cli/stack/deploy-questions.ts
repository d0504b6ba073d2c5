import { createInterface } from 'node:readline/promises';
import { isDay, isTimeZone } from '../../base/local-day.ts';
import { UsageError } from '../../base/usage-error.ts';
import { parseChats } from '../../lake/chats.ts';
import type { Terminal } from '../terminal/ask-secret.ts';
import { isStackName } from './leftovers.ts';

/** One thing to know before the first deployment. */
export interface DeployQuestion {
  readonly name: 'stack' | 'region' | 'chatId' | 'timeZone' | 'firstDay' | 'alarmEmail';
  /** The option that answers it. */
  readonly option: string;
  readonly text: string;
  /** What an empty answer means; undefined where there must be one. */
  readonly usual: string | undefined;
  /** What is wrong with an answer. */
  readonly problem: (answer: string) => string | undefined;
}

/**
 * What a first deployment is asked, in this order.
 *
 * @param usual - of this machine: its region and time zone, and today
 */
export function deployQuestions(usual: {
  readonly region: string | undefined;
  readonly timeZone: string;
  readonly today: string;
}): readonly DeployQuestion[] {
  return [
    {
      name: 'stack',
      option: '--stack',
      text: 'Name of the stack',
      usual: 'telegram-lake',
      problem: (name) =>
        isStackName(name) ? undefined : 'lower-case letters, digits and hyphens, at most 45, a letter first',
    },
    {
      name: 'region',
      option: '--region',
      text: 'AWS region',
      usual: usual.region,
      problem: (region) =>
        /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? undefined : 'a region of AWS, such as sa-east-1',
    },
    {
      name: 'chatId',
      option: '--chat-id',
      text: 'Chat id of the group (npx telegram-lake bot chats shows it), several with commas; or private, or all',
      usual: undefined,
      problem: (ids) => {
        try {
          return parseChats(ids, 'it') && !/\s/.test(ids) ? undefined : 'without spaces';
        } catch (error) {
          return (error as Error).message;
        }
      },
    },
    {
      name: 'timeZone',
      option: '--time-zone',
      text: "The group's time zone; it cannot change later",
      usual: usual.timeZone,
      problem: (zone) => (isTimeZone(zone) ? undefined : 'an IANA name, such as America/Sao_Paulo'),
    },
    {
      name: 'firstDay',
      option: '--first-day',
      text: 'First day that queries see: of the history that you will import, else today',
      usual: usual.today,
      problem: (day) =>
        isDay(day) && /^20/.test(day) && !day.endsWith('-02-29')
          ? undefined
          : 'a day, YYYY-MM-DD (not 29 February)',
    },
    {
      name: 'alarmEmail',
      option: '--alarm-email',
      text: 'E-mail address for alarms, or Enter for none',
      usual: '',
      problem: (address) => (/^$|^[^@\s"\\]+@[^@\s"\\]+$/.test(address) ? undefined : 'an e-mail address'),
    },
  ];
}

/** Answers by the question's name. */
export type Answers = Readonly<Record<DeployQuestion['name'], string>>;

/**
 * The answers, of options first. What is open is asked at the terminal, again until it can be right.
 *
 * @throws UsageError when an option is wrong, or there is nobody to ask
 */
export async function answersTo(
  questions: readonly DeployQuestion[],
  given: Readonly<Partial<Record<DeployQuestion['name'], string | undefined>>>,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<Answers> {
  for (const { name, option, problem } of questions) {
    const answer = given[name];
    const wrong = answer === undefined ? undefined : problem(answer);
    if (wrong) throw new UsageError(`${option} ${answer}: ${wrong}`);
  }
  const open = questions.filter(({ name }) => given[name] === undefined);
  const needed = open.find(({ usual }) => usual === undefined);
  if (needed && !input.isTTY) {
    throw new UsageError(`there is no terminal to ask on: set it with ${needed.option}`);
  }
  const terminal = input.isTTY ? createInterface({ input, output }) : undefined;
  try {
    const answers: Record<string, string> = {};
    for (const question of questions) {
      answers[question.name] =
        given[question.name] ?? (terminal ? await asked(question, terminal, output) : (question.usual ?? ''));
    }
    return answers as Answers;
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
    output.write('\n');
    throw new UsageError('nothing was deployed, and no answer was kept');
  } finally {
    terminal?.close();
  }
}

async function asked(
  { text, usual, problem }: DeployQuestion,
  terminal: { question(text: string): Promise<string> },
  output: NodeJS.WritableStream,
): Promise<string> {
  for (;;) {
    const answer = (await terminal.question(`${text}${usual ? ` [${usual}]` : ''}: `)).trim() || usual;
    const wrong = answer === undefined ? 'this has no default' : problem(answer);
    if (answer !== undefined && !wrong) return answer;
    output.write(`  ${wrong}\n`);
  }
}
