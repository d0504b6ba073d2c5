import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, countDays, daysBetween } from '../src/base/local-day.ts';
import { lakeRunner } from '../src/cli/lake/lake-runner.ts';
import { columns } from '../src/lake/columns.ts';
import { openLake } from '../src/lake/lake.ts';
import { inTimeZone, savedQueries, sqlFolder } from '../src/query/query-catalog.ts';
import { chartSpecs } from '../src/report/charts/chart-specs.ts';
import { queriesOfReport } from '../src/report/report.ts';
import { writeGeneratedExport } from './generate-export.ts';
import { telegramLake, tellMeasured } from './measured-process.ts';
import { benchDay, writeDay } from './raw-places.ts';

/*
 * One way to ask a lake, in a process of its own, or the making of that lake; started by report.ts.
 */
const timeZone = 'America/Sao_Paulo';
const [way = '', lake = '', messages = ''] = process.argv.slice(2);
const ways: Readonly<Record<string, () => Promise<object>>> = {
  fill: () => fill(Number(messages)),
  'reading each value once': readEachValue,
  'its saved queries, one by one': askOneByOne,
  report,
};
await tellMeasured(async () => (await ways[way]?.()) ?? {});

/** Three years: their history by import, and the last month, as far as reactions are counted, as the bot stored it. */
async function fill(count: number): Promise<object> {
  const [first, firstByBot] = [addDays(benchDay, -1_095), addDays(benchDay, -30)];
  const perDay = count / countDays(first, benchDay);
  const midnight = (day: string) => Date.parse(`${day}T00:00:00-03:00`) / 1000;
  mkdirSync(lake, { recursive: true });
  const history = join(lake, 'result.json');
  writeGeneratedExport(history, {
    startSecond: midnight(first),
    endSecond: midnight(firstByBot),
    meanSecondsApart: 86_400 / perDay,
  });
  for (const [index, day] of daysBetween(firstByBot, benchDay).entries()) {
    // Of 100 updates about 7 are no messages.
    const updates = Math.round(perDay / 0.93);
    const firstMessageId = 10 * count + index * updates;
    writeDay(join(lake, 'raw'), { day, updates, timeZone, seed: index, firstMessageId });
  }
  await telegramLake('import', history, '--lake', lake, '--no-etl');
  await telegramLake('etl', '--lake', lake);
  return {};
}

async function readEachValue(): Promise<object> {
  const runner = await lakeRunner(openLake(lake));
  const { rows } = await runner.run(
    `SELECT count(*), ${columns.map(({ name }) => `max("${name}")`)} FROM telegram`,
  );
  runner.close();
  return { messages: rows[0]?.[0] };
}

async function askOneByOne(): Promise<object> {
  const queries = savedQueries(sqlFolder);
  const runner = await lakeRunner(openLake(lake));
  for (const { sql } of queriesOfReport(queries, chartSpecs(sqlFolder, queries))) {
    await runner.run(inTimeZone(sql, timeZone));
  }
  runner.close();
  return {};
}

async function report(): Promise<object> {
  const page = join(lake, 'report.html');
  await telegramLake('report', '--lake', lake, '--out', page);
  return { pageBytes: statSync(page).size };
}
