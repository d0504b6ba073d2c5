import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { UsageError } from '../../../src/base/usage-error.ts';
import { answersTo, deployQuestions } from '../../../src/cli/stack/deploy-questions.ts';
import { deployStack } from '../../../src/cli/stack/deploy-stack.ts';
import { ownStack } from '../../../src/cli/stack/own-sam-config.ts';
import { template } from '../../../tools/template.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { rejection } from '../../support/rejection.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const answers = {
  stack: 'my-lake',
  region: 'sa-east-1',
  chatId: '-1001234567890,-42',
  timeZone: 'America/Manaus',
  firstDay: '2019-03-01',
  alarmEmail: 'ana@example.org',
};

describe('deployment of a stack', () => {
  const folder = temporaryFolder();
  const file = () => join(folder(), 'samconfig.own.toml');
  let ran: string[];
  const sam = (_: string, args: readonly string[]) => {
    ran.push(args.join(' '));
    return 0;
  };
  beforeEach(() => {
    ran = [];
  });

  it('keeps the answers in a file that only its owner reads, and runs the SAM CLI with it', async () => {
    const { output } = await capturedOutput(() => deployStack(answers, { folder: folder(), sam }));
    expect(ran).to.deep.equal(['build', 'deploy --config-file samconfig.own.toml']);
    expect(output).to.match(/webhook set --stack my-lake/);
    const text = readFileSync(file(), 'utf8');
    expect(text).to.include('stack_name = "my-lake"').and.include('region = "sa-east-1"');
    expect(text).to.include(`parameter_overrides = [
  "TelegramChatId=-1001234567890,-42",
  "TimeZone=America/Manaus",
  "FirstDay=2019-03-01",
  "AlarmEmail=ana@example.org",
]`);
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o077).to.equal(0);
    expect(ownStack(folder())).to.deep.equal({ stack: 'my-lake', region: 'sa-east-1' });
  });

  it('asks nothing the second time, and refuses answers that it would not keep', async () => {
    await capturedOutput(() => deployStack(answers, { folder: folder(), sam }));
    const before = readFileSync(file(), 'utf8');
    await capturedOutput(() => deployStack({}, { folder: folder(), sam }));
    expect(ran).to.have.length(4);
    const error = await rejection(deployStack({ firstDay: '2018-01-01' }, { folder: folder(), sam }));
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.match(/samconfig\.own\.toml already/);
    expect(readFileSync(file(), 'utf8')).to.equal(before);
  });

  it('stops when sam fails, and keeps the answers', async () => {
    const { result } = await capturedOutput(() =>
      rejection(deployStack(answers, { folder: folder(), sam: (_, args) => (args[0] === 'build' ? 0 : 1) })),
    );
    expect((result as Error).message).to.match(/sam deploy failed.*kept.*sam delete --config-file/);
    expect(ownStack(folder())?.stack).to.equal('my-lake');
  });

  it('needs every answer that has no default where there is nobody to ask', async () => {
    const error = await rejection(deployStack({ region: 'sa-east-1' }, { folder: folder(), sam }));
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.match(/--chat-id/);
    expect({ ran, kept: ownStack(folder()) }).to.deep.equal({ ran: [], kept: undefined });
  });

  it('finds the stack in a file as the SAM CLI writes it', () => {
    const written = 'version = 0.1\n[default.deploy.parameters]\nstack_name = "lake"\nregion = "us-east-2"\n';
    writeFileSync(file(), written);
    expect(ownStack(folder())).to.deep.equal({ stack: 'lake', region: 'us-east-2' });
  });
});

describe('questions before a deployment', () => {
  const questions = deployQuestions({
    region: 'sa-east-1',
    timeZone: 'America/Sao_Paulo',
    today: '2026-11-23',
  });
  const problemOf = (name: string, answer: string) =>
    questions.find((question) => question.name === name)?.problem(answer);

  const wrong: [name: string, answers: string[]][] = [
    ['stack', ['', 'My-Lake', 'a'.repeat(46), 'my_lake', 'lake"']],
    ['region', ['', 'Brazil', 'sa-east', 'sa-east-1"']],
    ['chatId', ['', 'abc', '0', '-1, -2', '-1,"']],
    ['timeZone', ['', 'America/SaoPaulo', 'x"']],
    ['firstDay', ['', 'today', '2026-02-30', '1999-01-01', '2024-02-29']],
    ['alarmEmail', ['ana', 'ana@', 'a"@b']],
  ];
  for (const [name, values] of wrong) {
    it(`refuse ${values.length} wrong answers to ${name}, and take the right one`, () => {
      for (const value of values) expect(problemOf(name, value), value).to.be.a('string');
      expect(problemOf(name, answers[name as keyof typeof answers])).to.equal(undefined);
    });
  }

  it('take only what the template takes', () => {
    for (const [name, parameter] of [
      ['chatId', 'TelegramChatId'],
      ['timeZone', 'TimeZone'],
      ['firstDay', 'FirstDay'],
      ['alarmEmail', 'AlarmEmail'],
    ] as const) {
      expect(answers[name]).to.match(new RegExp(template.Parameters[parameter].AllowedPattern));
    }
  });

  it('are asked one after the other, and again after a wrong answer; Enter takes what is usual', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = new PassThrough();
    let shown = '';
    const typed = ['My-Lake', 'lake', '', '-1001234567890', '', '', ''];
    output.on('data', (text) => {
      shown += text;
      if (/: $/.test(shown) && typed.length > 0) input.write(`${typed.shift()}\n`);
    });
    expect(await answersTo(questions, {}, { input, output })).to.deep.equal({
      stack: 'lake',
      region: 'sa-east-1',
      chatId: '-1001234567890',
      timeZone: 'America/Sao_Paulo',
      firstDay: '2026-11-23',
      alarmEmail: '',
    });
    expect(shown).to.include('Name of the stack [telegram-lake]: ').and.include('  lower-case letters');
  });
});
