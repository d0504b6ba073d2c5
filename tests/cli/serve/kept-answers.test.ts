import { expect } from 'chai';
import { keptAnswers } from '../../../src/cli/serve/kept-answers.ts';
import type { QueryRunner, ResultTable } from '../../../src/query/query-runner.ts';
import { until } from '../../support/until.ts';

const fast = 'SELECT count(*) FROM messages';
const slow = 'SELECT count(*) FROM questions';

describe('slow answers of the live page', () => {
  let asked: string[][];
  let lake: number;
  let told: number;
  beforeEach(() => {
    asked = [];
    lake = 1;
    told = 0;
  });

  /** A lake of which each answer is how often it has changed. */
  const runner = (): QueryRunner => ({
    run: async () => table(),
    async runAll(statements) {
      asked.push([...statements]);
      const results = statements.map(table);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return results;
    },
    close: () => {},
  });
  const table = (): ResultTable => ({ columns: [], rows: [[lake]] });
  const keeping = (limit: number) =>
    keptAnswers(
      async () => runner(),
      () => told++,
      limit,
    );
  const page = async (kept: ReturnType<typeof keptAnswers>) =>
    (await kept.over(runner()).runAll([slow, fast])).map(({ rows }) => rows[0]?.[0]);

  it('are computed each time in a lake whose answers take no time', async () => {
    const kept = keeping(60_000);
    expect(await page(kept)).to.deep.equal([1, 1]);
    lake = 2;
    expect(await page(kept)).to.deep.equal([2, 2]);
    expect(asked).to.deep.equal([
      [slow, fast],
      [slow, fast],
    ]);
  });

  it('are those of before where they take long, follow in the background, and are then told of', async () => {
    const kept = keeping(0);
    expect(kept.areUsed()).to.equal(false);
    expect(await page(kept)).to.deep.equal([1, 1]);
    expect(kept.areUsed()).to.equal(true);
    lake = 2;
    expect(await page(kept)).to.deep.equal([1, 2]);
    await until(() => told === 1);
    expect(await page(kept)).to.deep.equal([2, 2]);
    expect(asked.slice(0, 4)).to.deep.equal([[slow, fast], [fast], [slow], [fast]]);
  });

  it('are computed with the next page once they were forgotten, also where they were just computed', async () => {
    const kept = keeping(0);
    await page(kept);
    lake = 2;
    await page(kept);
    await until(() => asked.length === 3);
    kept.forget();
    lake = 3;
    expect(await page(kept)).to.deep.equal([3, 3]);
    expect(await page(kept)).to.deep.equal([3, 3]);
  });
});
