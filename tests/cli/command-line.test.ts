import { expect } from 'chai';
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/command-line.ts';
import { runCli } from '../support/run-cli.ts';

describe('command line', () => {
  it('has an example of a command line in the help of every command', () => {
    let written = '';
    const program = createProgram({
      writeOut: (text) => {
        written += text;
      },
    });
    const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
    for (const command of all(program)) {
      written = '';
      command.outputHelp();
      expect(written, command.name()).to.match(/\n {2}\$ (npx telegram-lake|npm) \w/);
    }
  });

  for (const args of [['--help'], ['help'], ['bot', '--help'], ['webhook', 'set', '--help']]) {
    it(`ends with 0: ${args.join(' ')}`, async () => {
      const { code, output } = await runCli(args);
      expect(code).to.equal(0);
      expect(output).to.match(/^Usage: telegram-lake/);
    });
  }

  for (const args of [[], ['bot'], ['webhook']]) {
    it(`shows its help and ends with 2 where a command is missing: ${args.join(' ')}`, async () => {
      const { code, output } = await runCli(args);
      expect(code).to.equal(2);
      expect(output).to.match(/^Usage: telegram-lake/);
    });
  }

  const wrong: [args: string[], message: RegExp][] = [
    [['lake'], /unknown command 'lake'/],
    [['bot', 'chekc'], /unknown command 'chekc' \(Did you mean check\?\)/],
    [['webhook', 'set', '--sekret', 'x'], /unknown option '--sekret'/],
    [['bot', 'check', 'more'], /too many arguments/],
    [['webhook', 'set'], /needs either --stack NAME or --url URL/],
    [['webhook', 'set', '--stack', 'a', '--url', 'https://example.org'], /needs either/],
    [['webhook', 'set', '--url', 'http://example.org'], /https:\/\//],
    [['webhook', 'set', '--url', 'https://example.org', '--max-connections', '101'], /from 1 to 100/],
    [['live', '--chat-id', 'mine'], /--chat-id must be one chat id or several/],
    [['live', '--chat-id', '-1', '--time-zone', '+03:00'], /--time-zone must be an IANA time zone/],
    [['etl', '--stack', 'a', '--lake', 'b'], /'--stack <name>' cannot be used with option '--lake <folder>'/],
    [
      ['query', '--stack', 'a', '--lake', 'b'],
      /'--stack <name>' cannot be used with option '--lake <folder>'/,
    ],
  ];
  for (const [args, message] of wrong) {
    it(`ends with 2 and one line: ${args.join(' ')}`, async () => {
      const { code, output } = await runCli(args);
      expect(code).to.equal(2);
      expect(output)
        .to.match(message)
        .and.match(/^telegram-lake: [^\n]+\n$/);
    });
  }
});
