import { asObject, asString, type JsonObject } from '../base/json.ts';

/**
 * The words of a content that has neither `text` nor `caption`: a poll's question and options, a checklist's title and
 * tasks, all of a rich message, the name of a topic. One line each.
 *
 * @param type - the content, as `contentType` names it
 * @param value - the message's field of that name
 * @returns undefined for a content without words, and where the field is of another type than the Bot API says
 */
export function contentText(type: string, value: unknown): string | undefined {
  const lines = Object.hasOwn(contents, type) ? contents[type]?.(value) : undefined;
  return lines?.filter((line) => line !== undefined && line !== '').join('\n') || undefined;
}

type Lines = readonly (string | undefined)[];

/** @see https://core.telegram.org/bots/api#message for each of these fields */
const contents: Readonly<Record<string, (value: unknown) => Lines>> = {
  poll: (poll) => [...texts(poll, 'question', 'description'), ...listed(poll, 'options', 'text')],
  poll_option_added: (added) => texts(added, 'option_text'),
  checklist: (checklist) => [...texts(checklist, 'title'), ...listed(checklist, 'tasks', 'text')],
  checklist_tasks_added: (added) => listed(added, 'tasks', 'text'),
  rich_message: (message) => blockLines(asObject(message)?.blocks),
  gift: (gift) => texts(gift, 'text'),
  forum_topic_created: (topic) => texts(topic, 'name'),
  forum_topic_edited: (topic) => texts(topic, 'name'),
  new_chat_title: (title) => [asString(title)],
};

/** The contents that have words of their own, by the Bot API's name. */
export const contentsWithText: readonly string[] = Object.keys(contents);

function texts(value: unknown, ...names: readonly string[]): Lines {
  const fields = asObject(value);
  return names.map((name) => asString(fields?.[name]));
}

function listed(value: unknown, list: string, name: string): Lines {
  return arrayOf(asObject(value)?.[list]).flatMap((item) => texts(item, name));
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** @see https://core.telegram.org/bots/api#richblock blocks hold texts, and lists, tables and quotations hold blocks */
function blockLines(blocks: unknown): Lines {
  return arrayOf(blocks).flatMap((value) => {
    const block = asObject(value) ?? {};
    return [
      inlineText(block.summary),
      inlineText(block),
      ...arrayOf(block.items).flatMap((item) => blockLines(asObject(item)?.blocks)),
      ...arrayOf(block.cells).map((cells) => arrayOf(cells).map(inlineText).join('\t')),
      ...blockLines(block.blocks),
      ...arrayOf(block.buttons).map(inlineText),
      inlineText(block.caption),
      inlineText(asObject(block.caption)?.credit),
      inlineText(block.credit),
    ];
  });
}

/** @see https://core.telegram.org/bots/api#richtext a string, a list of rich texts, or an object around one */
function inlineText(value: unknown): string {
  if (Array.isArray(value)) return value.map(inlineText).join('');
  if (typeof value === 'string') return value;
  const { text, alternative_text, expression, button } = (asObject(value) ?? {}) as JsonObject;
  const inner = text ?? alternative_text ?? expression ?? button;
  return inner === undefined ? '' : inlineText(inner);
}
