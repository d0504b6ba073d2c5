import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { questionMeasures } from '../../tools/question-measures.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const textOf = (file: string) => readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8');
const proseOf = (file: string) => textOf(file).replaceAll(/\s+/g, ' ');

describe('questions and answers of the demo group', () => {
  const folder = temporaryFolder();

  it('are found as often as docs/questions.md and both READMEs say', async function () {
    this.timeout(120_000);
    const measures = await questionMeasures(folder());
    for (const cells of measures)
      expect(textOf('docs/questions.md')).to.include(`\n| ${cells.join(' | ')} |\n`);
    const [precision = '', recall = ''] = measures[0]?.[1]?.split(' / ') ?? [];
    const [right, found] = [precision, recall].map((share) => `${Math.round(Number(`0${share}`) * 100)}`);
    expect(proseOf('README.md')).to.include(`${found}% of the demo's questions and is right in ${right}%`);
    expect(proseOf('README.pt-BR.md')).to.include(
      `${found}% das perguntas da demonstração e acerta em ${right}%`,
    );
  });
});
