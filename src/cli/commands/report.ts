import { Command, Option } from 'commander';
import { UsageError } from '../../base/usage-error.ts';
import { defaultLake } from '../../lake/lake.ts';
import { printable } from '../../query/result-format.ts';
import type { LanguageKey } from '../../report/language/languages.ts';
import { connectBot } from '../bot/connect-bot.ts';
import { findChat, type KnownChat } from '../bot/known-chats.ts';
import { findBrowser } from '../browser/find-browser.ts';
import { printedPage } from '../browser/printed-page.ts';
import { reportFile } from '../browser/report-file.ts';
import { groupsOf, noteSeveral } from '../lake/groups-of.ts';
import { noteOlderForm } from '../lake/older-form-note.ts';
import { pseudonymKey } from '../lake/pseudonym-key.ts';
import { pageAndSummaryOf } from '../lake/report-page.ts';
import { reportSource } from '../lake/report-source.ts';
import { confirmed } from '../terminal/confirmed.ts';
import { examples } from '../terminal/help-text.ts';
import { languageOption } from '../terminal/language-option.ts';
import { type NarrowingOptions, parseChatId, withNarrowingOptions } from '../terminal/narrowing-options.ts';

interface ReportCommandOptions extends NarrowingOptions {
  readonly lake: string;
  readonly stack?: string;
  readonly out: string;
  readonly lang: LanguageKey;
  readonly title?: string;
  readonly anonymous?: true;
  readonly send?: number;
  readonly names?: true;
  readonly yes?: true;
}

/** `telegram-lake report`: the group's story as one HTML file. */
export function reportCommand(): Command {
  return withNarrowingOptions(new Command('report'))
    .description(
      "Write the group's story as one HTML page: rhythm, people, questions, content. It needs no network.",
    )
    .option('--lake <folder>', 'the lake', defaultLake)
    .addOption(
      new Option('--stack <name>', 'a deployed stack instead, queried through Athena').conflicts('lake'),
    )
    .option(
      '--out <file>',
      'write the page to this file: .html; .pdf and .png by an installed browser',
      'report.html',
    )
    .addOption(languageOption('language of the page'))
    .option('--title <text>', "the page's heading (default: the group's name)")
    .option('--anonymous', 'pseudonyms instead of names, and hardly anything that people wrote')
    .option(
      '--send <chat>',
      'post it into this chat by the bot: summary, picture, and the page as a file; with pseudonyms',
      parseChatId,
    )
    .addOption(new Option('--names', 'with --send: names and what people wrote').conflicts('anonymous'))
    .option('--yes', 'with --send: post without asking, as in a schedule (docs/schedule.md)')
    .addHelpText(
      'after',
      examples(
        'report --lake lake/demo --lang pt --out group.html',
        'report --lake lake/group --last 7d --anonymous --out week.pdf',
        'report --lake lake/group --last 7d --send -1001234567890',
        'report --stack telegram-lake --chat -1001234567890',
      ),
    )
    .action(reportOrSend);
}

async function reportOrSend(options: ReportCommandOptions, command: Command): Promise<void> {
  if (options.send === undefined) return writeReport(options);
  const isOutGiven = command.getOptionValueSource('out') !== 'default';
  const form = isOutGiven ? reportFile(options.out) : undefined;
  const anonymous = !options.names;
  if (!options.yes && !process.stdin.isTTY) {
    throw new UsageError('--send asks before it posts, and there is no terminal to ask: --yes posts without');
  }
  const api = await connectBot();
  const chat = await findChat(api, options.send);
  const { page, summary, title } = await made(options, anonymous, chat);
  const picture = findBrowser() === undefined ? undefined : await printedPage(page, 'png');
  const content =
    form === undefined || form.form === 'html' ? Buffer.from(page) : await printedPage(page, form.form);
  const name = `report.${form?.form ?? 'html'}`;
  const text = [title, ...summary].filter((line) => line !== undefined).join('\n\n');
  console.log(`To ${named(chat)}, ${anonymous ? 'with pseudonyms' : 'with the names of people'}:\n`);
  for (const line of text.split('\n')) console.log(printable(`  ${line}`).trimEnd());
  const files = [...(picture ? [`report.png ${kilobytes(picture)}`] : []), `${name} ${kilobytes(content)}`];
  console.log(`\n  and ${files.join(', ')}`);
  if (!picture) console.log('  (no picture: it needs Chrome, Chromium or Edge)');
  if (!options.yes && !(await confirmed(`Post this to ${named(chat)}? To do it, type yes`, 'yes'))) {
    throw new UsageError('nothing was posted');
  }
  const { postReport } = await import('../bot/send-report.ts');
  await postReport(api, chat.id, { summary: text, picture, file: { name, content } });
  console.log(`Posted to ${named(chat)}.`);
  if (isOutGiven) await form?.write(page);
}

const named = ({ title, id }: KnownChat): string => `"${printable(title)}" (${id})`;
const kilobytes = ({ length }: { readonly length: number }): string =>
  `${Math.round(length / 1000).toLocaleString('en')} kB`;

async function writeReport(options: ReportCommandOptions): Promise<void> {
  const { out, anonymous = false } = options;
  const file = reportFile(out);
  const { page } = await made(options, anonymous);
  const length = await file.write(page);
  const use = { html: ', for any browser', pdf: '', png: ', a picture of its beginning' }[file.form];
  console.log(
    `${out}: ${kilobytes({ length })}${use}. It shows what people wrote${anonymous ? ' only in common, under pseudonyms' : ': share it as you would the chat'}.`,
  );
}

/**
 * The page, its summary, and its heading where that is known.
 *
 * @param readers - the chat that it is for, which knows its own name
 */
async function made(
  options: ReportCommandOptions,
  anonymous: boolean,
  readers?: KnownChat,
): Promise<{ page: string; summary: readonly string[]; title: string | undefined }> {
  const { stack, lang } = options;
  const key = anonymous ? pseudonymKey() : undefined;
  const source = await reportSource(options);
  const groups = stack === undefined || readers ? await groupsOf(source.runner) : [];
  // On a stack each query costs; the page says it, too.
  if (options.chat === undefined) noteSeveral(groups);
  await noteOlderForm(source.lake, stack === undefined ? `--lake ${options.lake}` : `--stack ${stack}`);
  const [only, ...others] = groups;
  const isTheirs = others.length === 0 && only?.chatId === readers?.id;
  if (readers && !isTheirs) {
    console.error(
      `telegram-lake: the numbers are not those of ${named(readers)} alone; --chat ${readers.id} makes them so`,
    );
  }
  const title = options.title ?? (readers && isTheirs ? readers.title : undefined);
  return { ...(await pageAndSummaryOf(source, { language: lang, title, pseudonymKey: key })), title };
}
