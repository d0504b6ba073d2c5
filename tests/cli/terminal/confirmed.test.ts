import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { confirmed } from '../../../src/cli/terminal/confirmed.ts';

describe('confirmation', () => {
  const answer = (typed: string) => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
    const output = Object.assign(new PassThrough(), { isTTY: true });
    input.write(typed);
    return confirmed('Type 42', '42', { input, output });
  };
  const answers: [typed: string, name: string, is: boolean][] = [
    ['42\r', 'what was asked for', true],
    [' 42 \r', 'the same with spaces', true],
    ['yes\r', 'something else', false],
    ['\r', 'Enter alone', false],
    ['42\u0003', 'Ctrl-C', false],
    ['\u0004', 'Ctrl-D', false],
  ];
  for (const [typed, name, is] of answers) {
    it(`is ${is} with ${name}`, async () => {
      expect(await answer(typed)).to.equal(is);
    });
  }
});
