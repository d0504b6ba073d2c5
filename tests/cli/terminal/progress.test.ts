import { expect } from 'chai';
import sinon from 'sinon';
import { counted, megabytes } from '../../../src/base/format.ts';
import { progress } from '../../../src/cli/terminal/progress.ts';

describe('progress', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => clock.restore());

  const written = (isTTY: boolean) => {
    const texts: string[] = [];
    return { isTTY, texts, write: (text: string) => texts.push(text) };
  };
  const newLine = '\r\u001B[2K';

  it('is one line that is written over, and taken away at the end', () => {
    const stream = written(true);
    const bar = progress('Reading', 200_000_000, megabytes, stream);
    bar.at(0);
    clock.tick(1000);
    bar.at(68_000_000);
    bar.end();
    expect(stream.texts).to.deep.equal([
      `${newLine}Reading  0 %  0.0 MB of 200.0 MB`,
      `${newLine}Reading  34 %  68.0 MB of 200.0 MB`,
      newLine,
    ]);
  });

  it('is written only as often as one can read', () => {
    const stream = written(true);
    const bar = progress('Storing', 1000, (count) => counted(count, 'day'), stream);
    for (let day = 1; day <= 1000; day++) {
      bar.at(day);
      clock.tick(1);
    }
    expect(stream.texts).to.have.length(10);
    expect(stream.texts.at(-1)).to.equal(`${newLine}Storing  90 %  901 days of 1,000 days`);
  });

  it('learns how much there is as it goes', () => {
    const stream = written(true);
    const bar = progress('Looking', 0, String, stream);
    bar.at(1, 4);
    expect(stream.texts).to.deep.equal([`${newLine}Looking  25 %  1 of 4`]);
  });

  it('is nothing where the output is no terminal', () => {
    const stream = written(false);
    const bar = progress('Reading', 10, String, stream);
    bar.at(5);
    bar.end();
    expect(stream.texts).to.deep.equal([]);
  });
});
