import type { Command } from 'commander';
import { type Day, isDay } from '../../base/local-day.ts';
import { UsageError } from '../../base/usage-error.ts';

/** Which messages the command line asks for, as it was typed. */
export interface NarrowingOptions {
  readonly from?: Day;
  readonly to?: Day;
  /** In days. */
  readonly last?: number;
  readonly chat?: number;
  readonly user?: string;
}

/** Adds `--from`, `--to`, `--last` and `--chat` to a command that asks queries. */
export function withNarrowingOptions(command: Command): Command {
  return command
    .option('--from <day>', 'only messages from this day on, YYYY-MM-DD', parseDay)
    .option('--to <day>', 'only messages up to this day', parseDay)
    .option('--last <period>', 'only the newest days or weeks of the lake, such as 7d or 4w', parsePeriod)
    .option('--chat <id>', 'only messages of this chat', parseChatId);
}

/**
 * Refuses a period that says two things, or is none.
 *
 * @throws UsageError when `--last` comes with another, or the period ends before it begins
 */
export function checkPeriod({ from, to, last }: NarrowingOptions): void {
  if (last !== undefined && (from ?? to) !== undefined) {
    throw new UsageError('say the period either with --last, or with --from and --to');
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw new UsageError(`--from ${from} is after --to ${to}`);
  }
}

export function parseDay(text: string): Day {
  if (isDay(text)) return text;
  throw new UsageError(`"${text}" is no day; write it as YYYY-MM-DD, such as 2026-11-22`);
}

/** @returns days */
export function parsePeriod(text: string): number {
  const [, amount, unit] = /^(\d{1,4})([dw])$/.exec(text) ?? [];
  const days = Number(amount) * (unit === 'w' ? 7 : 1);
  if (days >= 1) return days;
  throw new UsageError(`"${text}" is no period; write days or weeks, such as 7d or 4w`);
}

export function parseChatId(text: string): number {
  const id = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(id)) return id;
  throw new UsageError(
    `"${text}" is no chat id; the ids of a lake: telegram-lake query --sql "SELECT DISTINCT chat_id FROM telegram"`,
  );
}
