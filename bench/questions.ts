import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inScratchFolder } from '../src/base/scratch-folder.ts';
import { lakeRunner } from '../src/cli/lake/lake-runner.ts';
import { demoGroup, demoTruth } from '../src/demo/demo-group.ts';
import { openLake } from '../src/lake/lake.ts';
import type { Value } from '../src/query/query-runner.ts';
import { markdownTable } from '../tools/markdown-table.ts';
import { questionMeasures } from '../tools/question-measures.ts';
import { machine, telegramLake } from './measured-process.ts';

/**
 * `npm run bench:questions` measures the views of sql/views/ on the demo group, which knows what each of its messages
 * asks and answers: how many questions are found, how well those that ask the same are put together, whether answers
 * are found. Then it times `similar_questions` over the questions of some thirty such months.
 */
const manyQuestions = 20_000;

async function main(): Promise<void> {
  const rows = await inScratchFolder(questionMeasures);
  const [questions, seconds] = await inScratchFolder(timed);
  rows.push([`seconds for ${questions.toLocaleString('en')} questions`, seconds.toFixed(1), '20']);
  console.log(`${machine()}\n`);
  console.log(markdownTable(['measure', 'demo group', 'target'], rows));
}

/** Months of the same group with other seeds, one after the other, as an export: until there are enough questions. */
async function timed(folder: string): Promise<[questions: number, seconds: number]> {
  const messages: object[] = [];
  let asked = 0;
  for (let month = 0; asked < manyQuestions; month++) {
    const lastDay = new Date(Date.UTC(2024, 0, 30 * (month + 1))).toISOString().slice(0, 10);
    asked += demoTruth({ seed: month, lastDay }).problems.size;
    for (const update of demoGroup({ seed: month, lastDay })) {
      if (update.message) messages.push(exported(update.message, month * 10_000));
    }
  }
  const path = join(folder, 'result.json');
  writeFileSync(
    path,
    JSON.stringify({ name: 'Group', type: 'private_supergroup', id: 1234567890, messages }),
  );
  const lake = join(folder, 'lake');
  await telegramLake('import', path, '--lake', lake);
  const start = performance.now();
  const [[questions] = []] = await rowsOf(
    lake,
    'SELECT count(*), count(DISTINCT group_message_id), max(likeness) FROM similar_questions',
  );
  return [Number(questions), (performance.now() - start) / 1000];
}

type DemoMessage = NonNullable<
  ReturnType<typeof demoGroup> extends Generator<infer U> ? U : never
>['message'];

/** As Telegram Desktop writes it; a month's ids begin behind those of the month before. */
function exported(message: NonNullable<DemoMessage>, firstId: number): object {
  const { message_id, date, from, text, caption, reply_to_message: to } = message;
  return {
    id: firstId + message_id,
    type: 'message',
    date: new Date(date * 1000).toISOString().slice(0, 19),
    date_unixtime: String(date),
    from: from?.first_name ?? 'Somebody',
    from_id: `user${from?.id ?? 1}`,
    ...(to && { reply_to_message_id: firstId + to.message_id }),
    text: text ?? caption ?? '',
    text_entities: [{ type: 'plain', text: text ?? caption ?? '' }],
  };
}

async function rowsOf(folder: string, sql: string): Promise<readonly (readonly Value[])[]> {
  const runner = await lakeRunner(openLake(folder));
  try {
    return (await runner.run(sql)).rows;
  } finally {
    runner.close();
  }
}

await main();
