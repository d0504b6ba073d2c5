import { extname } from 'node:path';
import { type Command, Option } from 'commander';
import { counted } from '../../base/format.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { ResultTable } from '../../query/query-runner.ts';
import { excelCsv, formatResult, type ResultFormat, resultFormats } from '../../query/result-format.ts';
import { outFile, results } from './out-file.ts';

/** How and where a command prints its result. */
export interface ResultOptions {
  /** Undefined where the command line does not say: see `formatOf`. */
  readonly format?: ResultFormat;
  readonly out?: string;
  readonly excel?: true;
}

/** Adds `--format`, `--out` and `--excel` to a command that prints a result. */
export function withResultOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--format <format>',
        'how the result is printed (default: by the ending of --out, else table)',
      ).choices(resultFormats),
    )
    .option('--out <file>', 'write the result into this file, in UTF-8: .csv, .json or .txt')
    .addOption(
      new Option(
        '--excel',
        'CSV that Excel opens correctly where numbers have a decimal comma, as in Brazil',
      ).conflicts('format'),
    );
}

/**
 * The form that a command line asks for: by `--format`, else by the ending of the file.
 *
 * @throws UsageError for an ending whose form is not written here
 */
export function formatOf({ format, out, excel }: ResultOptions): ResultFormat {
  if (excel) return 'csv';
  if (format !== undefined) return format;
  const ending = out === undefined ? '' : extname(out).toLowerCase();
  if (/^\.(xlsx?|ods|parquet|html?|pdf|png)$/.test(ending)) {
    throw new UsageError(
      `a result is written as .csv, .json or .txt, not as ${ending}; for Excel: --excel --out result.csv`,
    );
  }
  return ending === '.csv' ? 'csv' : ending === '.json' ? 'json' : 'table';
}

/**
 * Prints a result, or writes it into the file that was asked for.
 *
 * @param below - what follows a table for people
 */
export function printResult(result: ResultTable, options: ResultOptions, below = ''): void {
  const format = formatOf(options);
  const text = options.excel
    ? excelCsv(result)
    : formatResult(result, format) + (format === 'table' ? below : '');
  if (options.out === undefined) {
    process.stdout.write(text);
    return;
  }
  outFile(options.out, results).write(text);
  console.log(`${options.out}: ${counted(result.rows.length, 'row')}`);
}
