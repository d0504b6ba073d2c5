import { expect } from 'chai';
import { fine, note, printFindings, problem, warning } from '../../../src/cli/bot/finding.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { rejection } from '../../support/rejection.ts';

describe('findings', () => {
  it('are printed as they are found, each with its mark and below it what to do', async () => {
    const { output } = await capturedOutput(() =>
      printFindings('the bot', [fine('a'), note('b'), warning('c', 'do this\n  or that')]),
    );
    expect(output).to.equal('✓ a\n· b\n! c\n    do this\n      or that\n');
  });

  for (const [problems, message] of [
    [1, 'the bot has a problem'],
    [2, 'the bot has 2 problems'],
  ] as const) {
    it(`end in an error where there are problems: ${problems}`, async () => {
      const found = [...Array(problems).fill(problem('x')), fine('y')];
      const { result, output } = await capturedOutput(() => rejection(printFindings('the bot', found)));
      expect(result.message).to.equal(message);
      expect(output).to.match(/✗ x\n✓ y\n$/);
    });
  }

  it('show neither a bot token nor what would steer the terminal', async () => {
    const token = '7654321098:AAF-fake_token_of_the_tests_0123456789';
    const { output } = await capturedOutput(() =>
      printFindings('the bot', [warning(`B\u001b[31mo\nis ${token}`, `https://x/${token}\u0007`)]),
    );
    expect(output).to.equal('! B␛[31mo↵is <bot token>\n    https://x/<bot token>␇\n');
  });
});
