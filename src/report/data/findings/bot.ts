import { amountOf, sumOf, textOf } from '../records.ts';
import type { FindingRule } from './rule.ts';

/** From this often on, a command without an answer is worth a word. */
const oftenUnanswered = 3;

/** What a bot is asked, and what it makes of it. */
export const bot = {
  'bot-answers': {
    columns: ['question_amount', 'by_bot_amount', 'by_people_amount', 'by_both_amount', 'by_nobody_amount'],
    describe: (rows, { sentences }) => {
      const questions = sumOf(rows, 'question_amount');
      if (questions < 5) return [5, 'questions'];
      const percentOf = (column: string) => (100 * sumOf(rows, column)) / questions;
      return sentences.botAnswers({
        questions,
        bot: percentOf('by_bot_amount'),
        people: percentOf('by_people_amount'),
        both: percentOf('by_both_amount'),
        nobody: percentOf('by_nobody_amount'),
      });
    },
  },

  'bot-commands': {
    columns: ['command', 'command_amount', 'user_amount', 'answered_amount'],
    describe: (rows, { sentences }) => {
      if (rows.length < 2) return [2, 'rows'];
      return sentences.botCommands({
        command: textOf(rows[0], 'command'),
        times: amountOf(rows[0], 'command_amount'),
        people: amountOf(rows[0], 'user_amount'),
        unanswered: rows
          .filter((row) => row.answered_amount === 0 && amountOf(row, 'command_amount') >= oftenUnanswered)
          .slice(0, 3)
          .map((row) => textOf(row, 'command')),
      });
    },
  },

  'bot-buttons': {
    columns: ['button', 'press_amount', 'user_amount'],
    describe: (rows, { sentences }) => {
      if (rows.length < 2) return [2, 'rows'];
      return sentences.botButtons({
        button: textOf(rows[0], 'button'),
        times: amountOf(rows[0], 'press_amount'),
        people: amountOf(rows[0], 'user_amount'),
        all: sumOf(rows, 'press_amount'),
      });
    },
  },
} as const satisfies Record<string, FindingRule>;
