import { expect } from 'chai';
import { startedEngines } from '../../../tools/engines/started.ts';
import { knownDifferences, trinoAnswers } from '../../support/trino-answers.ts';

describe('expressions on Trino', () => {
  const answers = [
    ...trinoAnswers,
    ...knownDifferences.map(({ expression, trino }) => [expression, trino] as const),
  ];
  for (const [expression, answer] of answers) {
    it(`${JSON.stringify(expression)} is ${JSON.stringify(answer)}`, async () => {
      const { rows } = await startedEngines().trino.runner('default').run(`SELECT ${expression}`);
      expect(rows).to.deep.equal([[answer]]);
    });
  }
});
