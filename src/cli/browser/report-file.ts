import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { type OutFile, type OwnFiles, outFile } from '../terminal/out-file.ts';
import { findBrowser } from './find-browser.ts';
import { madeHere, noBrowser, type PrintedForm, printedPage } from './printed-page.ts';

/** The form of a report's file: the page itself, or what a browser makes of it. */
export type ReportForm = 'html' | PrintedForm;

/** A report's file that may be written, in the form that its ending says. */
export interface ReportFile {
  readonly form: ReportForm;
  /** Returns how large the file is, in bytes. */
  write(page: string): Promise<number>;
}

/**
 * The file that `--out` names for a report.
 *
 * @throws UsageError for an ending of another form, where something else would be overwritten
 * @throws Error for a PDF or PNG where there is no browser
 */
export function reportFile(path: string): ReportFile {
  const form = formOf(path);
  if (form !== 'html' && !findBrowser()) throw noBrowser(form);
  const file: OutFile = outFile(path, ownFiles[form]);
  return {
    form,
    async write(page) {
      const content = form === 'html' ? Buffer.from(page) : await printedPage(page, form);
      file.write(content);
      return content.length;
    },
  };
}

function formOf(path: string): ReportForm {
  const ending = extname(path).toLowerCase();
  if (ending === '' || ending === '.html' || ending === '.htm') return 'html';
  if (ending === '.pdf' || ending === '.png') return ending.slice(1) as PrintedForm;
  // A file of a lake is named as such first.
  outFile(path, ownFiles.html);
  throw new UsageError(
    `a report is written as .html, .pdf or .png (a picture of its beginning), not as ${ending}: ${basename(path)}`,
  );
}

/** What every page begins with, whatever its language: see src/report/page/page.ts. */
const pageBeginning =
  /^<!doctype html>\n<html lang="[\w-]+">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"/;

const ownFiles: Readonly<Record<ReportForm, OwnFiles>> = {
  html: { name: 'page of telegram-lake', includes: (_, beginning) => pageBeginning.test(beginning) },
  png: { name: 'picture of telegram-lake', includes: (_, beginning) => beginning.includes(madeHere) },
  pdf: {
    name: 'PDF of telegram-lake',
    includes: (path, beginning) => beginning.startsWith('%PDF-') && endOf(path).includes(madeHere),
  },
};

function endOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const end = Buffer.alloc(100);
    return end.toString('latin1', 0, readSync(file, end, 0, 100, Math.max(0, fstatSync(file).size - 100)));
  } finally {
    closeSync(file);
  }
}
