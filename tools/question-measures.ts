import { lakeRunner } from '../src/cli/lake/lake-runner.ts';
import { rebuildDays } from '../src/cli/lake/rebuild-days.ts';
import { type DemoTruth, demoTruth } from '../src/demo/demo-group.ts';
import { fillWithDemoGroup } from '../src/demo/fill-demo.ts';
import { createLake, daysOf } from '../src/lake/lake.ts';
import { bCubed, pairs, type Score, score, topTen } from './groupings.ts';

/**
 * How well the views find what the demo group asks and answers: a measure, its figure and the target, a line each.
 *
 * @param folder - an empty folder for the lake
 */
export async function questionMeasures(folder: string): Promise<string[][]> {
  const lake = createLake(folder, undefined);
  await fillWithDemoGroup(lake);
  for await (const _ of rebuildDays(lake, await daysOf(lake), { force: false }));
  const truth = demoTruth();
  const runner = await lakeRunner(lake);
  const kinds = (
    await runner.run('SELECT message_id, group_message_id FROM similar_questions ORDER BY message_id')
  ).rows;
  const states = (
    await runner.run(
      'SELECT message_id, answered_by, confirmed_message_id FROM question_states ORDER BY message_id',
    )
  ).rows;
  runner.close();
  const found = new Map(kinds.map(([id, group]) => [Number(id), Number(group)]));
  const asked = new Set(truth.problems.keys());
  const both = (all: Iterable<number>) => new Set([...all].filter((id) => asked.has(id) && found.has(id)));
  const answered = both(states.filter(([, by]) => by !== 'nobody').map(([id]) => Number(id)));
  const confirmed = both(states.filter(([, , by]) => by !== null).map(([id]) => Number(id)));
  const right = states.filter(([id, by]) => asked.has(Number(id)) && by === trueAnswerers(truth, Number(id)));
  const { ofTen, purity } = topTen(truth.problems, found);
  return [
    ['questions, P / R', shown(score(asked, new Set(found.keys()))), '.85 / .85'],
    ['grouping, B-cubed F', two(bCubed(truth.problems, found).f), '.45'],
    ['grouping, pairs F', two(pairs(truth.problems, found).f), '.40'],
    ['of the true ten largest kinds found / their purity', `${ofTen} / ${two(purity)}`, '6 / .70'],
    ['answered, F', two(score(both(truth.answeredBy.keys()), answered).f), '.88'],
    ['answered by people, a bot, both or nobody: right', two(right.length / both(asked).size), '.85'],
    ['confirmed, P / R', shown(score(both(truth.confirmed), confirmed)), ''],
  ];
}

function trueAnswerers({ answeredBy }: DemoTruth, question: number): string {
  const by = answeredBy.get(question);
  if (by === undefined) return 'nobody';
  return by.size === 2 ? 'both' : by.has('bot') ? 'bot' : 'people';
}

const two = (share: number): string => share.toFixed(2).replace(/^0/, '');
const shown = ({ p, r }: Score): string => `${two(p)} / ${two(r)}`;
