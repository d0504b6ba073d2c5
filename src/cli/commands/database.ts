import { closeSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { counted } from '../../base/format.ts';
import { defaultLake, openLake } from '../../lake/lake.ts';
import { writeDatabase } from '../../query/duckdb/duckdb-database.ts';
import { inTimeZone, savedQueries, sqlFolder } from '../../query/query-catalog.ts';
import { viewsInTimeZone } from '../../query/views.ts';
import { examples } from '../terminal/help-text.ts';
import { type OwnFiles, outFile } from '../terminal/out-file.ts';

const databases: OwnFiles = { name: 'DuckDB file', includes: (path) => isDatabase(path) };

/** `telegram-lake database`: a DuckDB file through which other programs see a lake. */
export function databaseCommand(): Command {
  return new Command('database')
    .description(
      'Write a DuckDB file with the views and saved queries of a lake, for DBeaver, Power BI, pandas and others.',
    )
    .option('--lake <folder>', 'the lake', defaultLake)
    .option('--out <file>', 'where the file goes', 'lake.duckdb')
    .addHelpText('after', examples('database --lake lake/group --out group.duckdb'))
    .action(async ({ lake: folder, out }: { readonly lake: string; readonly out: string }) => {
      const lake = openLake(folder);
      // Refused before anything is written.
      outFile(out, databases);
      const incoming = `${out}.${process.pid}.part`;
      try {
        const views = [
          ...viewsInTimeZone(lake.timeZone),
          ...savedQueries(sqlFolder).map(({ file, description, sql }) => {
            return { name: file.replaceAll('-', '_'), description, sql: inTimeZone(sql, lake.timeZone) };
          }),
        ];
        const names = await writeDatabase(incoming, join(folder, 'enriched'), views);
        renameSync(incoming, out);
        console.log(
          `${out}: the table telegram and ${counted(names.length, 'view')}, among them messages, questions and the saved queries. ` +
            `It holds no messages itself: it reads them from ${folder}, so keep both on this machine.`,
        );
      } finally {
        rmSync(incoming, { force: true });
        rmSync(`${incoming}.wal`, { force: true });
      }
    });
}

/** By the four letters that a DuckDB file has after its checksum. */
function isDatabase(file: string): boolean {
  const start = Buffer.alloc(12);
  const opened = openSync(file, 'r');
  try {
    readSync(opened, start);
  } catch {
    // A folder, for example.
  } finally {
    closeSync(opened);
  }
  return start.toString('latin1', 8) === 'DUCK';
}
