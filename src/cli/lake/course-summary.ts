import { basename } from 'node:path';
import { counted } from '../../base/format.ts';
import type { CourseImport } from '../../import/course-pipeline.ts';
import { printable } from '../../query/result-format.ts';

/**
 * What the import of a course's pipeline found, and what was wrong there, in lines for the terminal.
 *
 * @example '  8 messages are 6: 1 came twice, 1 is a later version'
 */
export function courseSummary(found: CourseImport): string[] {
  const { files, messageFiles, messages, repeated, edits, otherDay, otherUpdates, otherChats, damaged } =
    found;
  const reasons = [
    ...(repeated > 0 ? [`${repeated} ${repeated === 1 ? 'was' : 'were'} delivered again`] : []),
    ...(edits > 0 ? [`${edits} ${edits === 1 ? 'is an edit' : 'are edits'}`] : []),
  ];
  const those =
    messages === messageFiles ? counted(messages, 'message') : `${messageFiles} messages are ${messages}`;
  const under = otherDay === 1 ? 'lies under another day' : 'lie under another day';
  return [
    `The raw files of a course: ${counted(files, 'file')}`,
    `  ${those}${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}`,
    ...(otherDay > 0
      ? [`  ${otherDay} of them ${under} than the group's clock says: the pipeline cut days by another clock`]
      : []),
    ...(otherUpdates > 0
      ? [
          `  ${counted(otherUpdates, 'update')} that ${otherUpdates === 1 ? 'is' : 'are'} no message, such as reactions`,
        ]
      : []),
    ...(otherChats > 0 ? [`  ${counted(otherChats, 'update')} of no chat, or of another, not imported`] : []),
    ...(damaged.length > 0
      ? [
          `  not imported: ${counted(damaged.length, 'file')} without an update, such as ${printable(basename(damaged[0] ?? ''))}`,
        ]
      : []),
    `  ${found.stored} stored${found.alreadyStored > 0 ? `, ${found.alreadyStored} already in the lake` : ''}`,
  ];
}
