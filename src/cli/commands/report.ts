import { Command, Option } from 'commander';
import { defaultLake } from '../../lake/lake.ts';
import type { LanguageKey } from '../../report/language/languages.ts';
import { reportFile } from '../browser/report-file.ts';
import { noteSeveralGroups } from '../lake/groups-of.ts';
import { noteOlderForm } from '../lake/older-form-note.ts';
import { pseudonymKey } from '../lake/pseudonym-key.ts';
import { pageOf } from '../lake/report-page.ts';
import { reportSource } from '../lake/report-source.ts';
import { examples } from '../terminal/help-text.ts';
import { languageOption } from '../terminal/language-option.ts';
import { type NarrowingOptions, withNarrowingOptions } from '../terminal/narrowing-options.ts';

interface ReportCommandOptions extends NarrowingOptions {
  readonly lake: string;
  readonly stack?: string;
  readonly out: string;
  readonly lang: LanguageKey;
  readonly title?: string;
  readonly anonymous?: true;
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
    .addHelpText(
      'after',
      examples(
        'report --lake lake/demo --lang pt --out group.html',
        'report --lake lake/group --last 7d --anonymous --out week.pdf',
        'report --stack telegram-lake --chat -1001234567890',
      ),
    )
    .action(writeReport);
}

async function writeReport(options: ReportCommandOptions): Promise<void> {
  const { stack, out, lang, title, anonymous } = options;
  const file = reportFile(out);
  const key = anonymous && pseudonymKey();
  const source = await reportSource(options);
  // On a stack each query costs; the page says it, too.
  if (stack === undefined && options.chat === undefined) await noteSeveralGroups(source.runner);
  await noteOlderForm(source.lake, stack === undefined ? `--lake ${options.lake}` : `--stack ${stack}`);
  const page = await pageOf(source, { language: lang, title, pseudonymKey: key });
  const kilobytes = Math.round((await file.write(page)) / 1000).toLocaleString('en');
  const use = { html: ', for any browser', pdf: '', png: ', a picture of its beginning' }[file.form];
  console.log(
    `${out}: ${kilobytes} kB${use}. It shows what people wrote${anonymous ? ' only in common, under pseudonyms' : ': share it as you would the chat'}.`,
  );
}
