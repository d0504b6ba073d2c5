import { basename } from 'node:path';
import { counted, countedReasons, megabytes } from '../../base/format.ts';
import { addDays } from '../../base/local-day.ts';
import { damagePlace } from '../../import/damage-place.ts';
import type { ImportPlan } from '../../import/plan-import.ts';
import type { ExportedHistory } from '../../import/read-export.ts';
import { includesChat } from '../../lake/chats.ts';
import { printable } from '../../query/result-format.ts';
import type { Stack } from '../stack/stack.ts';

/**
 * What an import brings, in lines for the terminal.
 *
 * @example 'Dados (supergroup -1001234567890), from result.json'
 */
export function importSummary(path: string, history: ExportedHistory, plan: ImportPlan): string[] {
  const { chat, messages, skipped, repaired } = history;
  const name = chat
    ? `${printable(chat.title) || 'A chat without a name'} (${chat.type} ${chat.id})`
    : 'A chat without messages';
  const days = plan.changes.filter((change) => change.messages > 0).map(({ day }) => day);
  const reasons = countedReasons(skipped);
  const sizeBytes = plan.changes.reduce((sum, change) => sum + change.sizeBytes, 0);
  return [
    `${name}, from ${basename(path)}`,
    `  ${counted(messages, 'message')}${days.length > 0 ? `, ${days[0]} to ${days.at(-1)}` : ''}`,
    ...(reasons ? [`  not imported: ${reasons}${unreadDate(history)}`] : []),
    ...(repaired > 0 ? [`  ${repairs(repaired)}`] : []),
    ...(plan.kept > 0
      ? [`  kept: ${counted(plan.kept, 'message')} that an earlier import has in a newer version`]
      : []),
    ...(plan.changes.length > 0 ? [`  ${dayCounts(plan)} (${megabytes(sizeBytes)})`] : []),
  ];
}

function repairs(messages: number): string {
  return messages === 1
    ? '1 message was damaged in the export and has been repaired'
    : `${counted(messages, 'message')} were damaged in the export and have been repaired`;
}

/** @example '2 days added, 10 unchanged' */
function dayCounts({ changes }: ImportPlan): string {
  const words = { new: 'added', changed: 'changed', unchanged: 'unchanged', emptied: 'emptied' } as const;
  return Object.entries(words)
    .map(([outcome, word]) => ({
      count: changes.filter((change) => change.outcome === outcome).length,
      word,
    }))
    .filter(({ count }) => count > 0)
    .map(
      ({ count, word }, index) =>
        `${index === 0 ? counted(count, 'day') : count.toLocaleString('en')} ${word}`,
    )
    .join(', ');
}

function unreadDate({ unreadDate }: ExportedHistory): string {
  if (!unreadDate) return '';
  const date =
    unreadDate.date === undefined ? 'missing' : printable(JSON.stringify(unreadDate.date).slice(0, 60));
  return ` (message ${printable(String(unreadDate.messageId))}: the date is ${date})`;
}

/** What to know of an import besides its summary, and what to do about it. */
export function importWarnings(
  history: ExportedHistory,
  { hasExportTimeZone, stack }: { readonly hasExportTimeZone: boolean; readonly stack: Stack | undefined },
): string[] {
  const { chat, withoutGroup, localDates } = history;
  const warnings: string[] = [];
  if (localDates > 0 && !hasExportTimeZone) {
    warnings.push(
      `the export has only the local time of the machine that made it for ${counted(localDates, 'message')}; ` +
        "if that machine was not in the lake's time zone, import again with --export-time-zone",
    );
  }
  if (withoutGroup > 0) {
    warnings.push(
      `${counted(withoutGroup, 'message')} from before the group became a supergroup keep the negative ids of the ` +
        'export, because the id of the group before is not known; once you know it, import again with --migrated-from',
    );
  }
  if (stack && chat && !includesChat(stack.chats, chat.id)) {
    warnings.push(
      `the stack ${stack.name} stores ${[...stack.chats].join(', ')}; this is another chat, ${chat.id}`,
    );
  }
  return warnings;
}

/**
 * Why an import into a stack would end with history that no query sees, and what to do first. Undefined where it would
 * not.
 */
export function unseenHistory({ changes }: ImportPlan, stack: Stack | undefined): string | undefined {
  const first = changes[0]?.day;
  if (!stack || first === undefined || first >= stack.firstDay) return undefined;
  // The parameter takes no 29 February.
  const firstDay = first.endsWith('-02-29') ? addDays(first, -1) : first;
  return (
    `queries of the stack ${stack.name} see no day before ${stack.firstDay}, and this export begins on ${first}. ` +
    `Set FirstDay=${firstDay} in parameter_overrides of samconfig.own.toml, run npx telegram-lake deploy, then import`
  );
}

/** The damaged messages that an import leaves out, each in a line, as far as they are known one by one. */
export async function damageLines(path: string, { damage, skipped }: ExportedHistory): Promise<string[]> {
  const lines: string[] = [];
  for (const found of damage) lines.push(`left out ${await damagePlace(path, found)}: ${found.problem}`);
  const others = (skipped.damaged ?? 0) - damage.length;
  return others > 0 ? [...lines, `left out ${counted(others, 'more damaged message')}`] : lines;
}
