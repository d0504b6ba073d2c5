import { Command, Option } from 'commander';
import { counted } from '../../base/format.ts';
import { UsageError } from '../../base/usage-error.ts';
import { defaultLake } from '../../lake/lake.ts';
import { frequentQuestions } from '../../report/faq/faq.ts';
import { faqJson, faqMarkdown } from '../../report/faq/faq-text.ts';
import { anonymousQuestions, calledNames } from '../../report/faq/without-names.ts';
import { type LanguageKey, languages } from '../../report/language/languages.ts';
import { narrowedRunner } from '../lake/narrowed-runner.ts';
import { examples } from '../terminal/help-text.ts';
import { languageOption } from '../terminal/language-option.ts';
import { type NarrowingOptions, withNarrowingOptions } from '../terminal/narrowing-options.ts';
import { type OwnFiles, outFile } from '../terminal/out-file.ts';

interface FaqOptions extends NarrowingOptions {
  readonly lake: string;
  readonly stack?: string;
  readonly limit: number;
  readonly format?: 'markdown' | 'json';
  readonly out?: string;
  readonly lang: LanguageKey;
  readonly names?: true;
}

/** `telegram-lake faq`: what is asked most, with the answers that helped. */
export function faqCommand(): Command {
  return withNarrowingOptions(new Command('faq'))
    .description(
      'Write the most frequent questions with their best answers, for a pinned message or for a bot.',
    )
    .option('--lake <folder>', 'the lake', defaultLake)
    .addOption(
      new Option('--stack <name>', 'a deployed stack instead, queried through Athena').conflicts('lake'),
    )
    .option('--limit <number>', 'how many questions', parseLimit, 20)
    .addOption(
      new Option('--format <format>', 'the form (default: by the ending of --out, else markdown)').choices([
        'markdown',
        'json',
      ]),
    )
    .option('--out <file>', 'write it into this file, in UTF-8: .md or .json')
    .addOption(languageOption('language of the headings'))
    .option('--names', 'with who answered, links, and the names within texts')
    .addHelpText(
      'after',
      '\nAn answer is best that most askers confirmed, then the one most people thanked for by a reaction, then the one with\n' +
        'most replies. Without --names, authors are hidden, and within texts @mentions, e-mail addresses, phone numbers and\n' +
        'the names of authors. Read the result before you publish it: these are the words of people.\n' +
        examples(
          'faq --lake lake/group --lang pt --out faq.md',
          'faq --last 4w --format json --out faq.json',
        ),
    )
    .action(writeFaq);
}

const faqs: OwnFiles = {
  name: 'list of frequent questions of telegram-lake',
  includes: (_, beginning) =>
    beginning.startsWith('{\n  "madeBy": "telegram-lake faq"') ||
    Object.values(languages).some(({ faq }) => beginning.startsWith(`# ${faq.title}\n`)),
};

async function writeFaq(options: FaqOptions): Promise<void> {
  const { out, names, lang, limit } = options;
  const format = options.format ?? (out?.toLowerCase().endsWith('.json') ? 'json' : 'markdown');
  if (out !== undefined && !/\.(md|markdown|txt|json)$/i.test(out)) {
    throw new UsageError('--out must end in .md, .txt or .json');
  }
  const file = out === undefined ? undefined : outFile(out, faqs);
  const runner = await narrowedRunner(options);
  try {
    const found = await frequentQuestions(runner, limit);
    const authors = names ? [] : (await runner.run('SELECT author_name FROM authors ORDER BY 1')).rows;
    const shown = names
      ? found
      : anonymousQuestions(found, calledNames(authors.map(([name]) => String(name ?? ''))));
    const text = format === 'json' ? faqJson(shown) : faqMarkdown(shown, languages[lang]);
    if (!file) {
      process.stdout.write(text);
      return;
    }
    file.write(text);
    console.log(
      `${out}: ${counted(shown.length, 'question')}. It shows what people wrote${names ? '' : ', without their names'}: read it before you publish it.`,
    );
  } finally {
    runner.close();
  }
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit;
  throw new UsageError('--limit must be a number from 1 to 200');
}
