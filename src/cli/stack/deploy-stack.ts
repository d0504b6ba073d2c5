import { spawnSync } from 'node:child_process';
import { localDay } from '../../base/local-day.ts';
import { UsageError } from '../../base/usage-error.ts';
import { processEnvironment } from '../../lake/settings.ts';
import { type Answers, answersTo, deployQuestions } from './deploy-questions.ts';
import { ownSamConfig, ownStack, projectFolder, writeOwnSamConfig } from './own-sam-config.ts';

/** Runs the SAM CLI in a folder, with its output on the screen, and returns its exit code. */
export type Sam = (folder: string, args: readonly string[]) => number | null;

/**
 * Deploys the stack of an own file; without one, asks for what it holds and writes it first.
 *
 * @param options - answers given on the command line
 * @throws UsageError when an answer is wrong or missing, or there are answers already
 * @throws Error when there is no SAM CLI, or it fails
 */
export async function deployStack(
  options: Readonly<Partial<Answers>>,
  { folder = projectFolder, sam = runSam }: { readonly folder?: string; readonly sam?: Sam } = {},
): Promise<void> {
  const kept = ownStack(folder);
  if (kept && Object.keys(options).length > 0) {
    throw new UsageError(
      `the answers are in ${ownSamConfig} already: change them there, then run npx telegram-lake deploy without options`,
    );
  }
  const { stack, region } = kept ?? (await ask(options, folder));
  console.log(`Deploying the stack ${stack} in ${region} with the answers of ${ownSamConfig}.`);
  for (const args of [['build'], ['deploy', '--config-file', ownSamConfig]]) {
    if (sam(folder, args) !== 0) throw new Error(failed(args[0] ?? ''));
  }
  console.log(`Next, tell Telegram: npx telegram-lake webhook set --stack ${stack}`);
}

async function ask(
  options: Readonly<Partial<Answers>>,
  folder: string,
): Promise<{ readonly stack: string; readonly region: string }> {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const today = localDay(Math.floor(Date.now() / 1000), timeZone);
  const questions = deployQuestions({ region: processEnvironment.AWS_REGION, timeZone, today });
  const answers = await answersTo(questions, options);
  const { stack, region, alarmEmail } = answers;
  const parameters = {
    TelegramChatId: answers.chatId,
    TimeZone: answers.timeZone,
    FirstDay: answers.firstDay,
    ...(alarmEmail && { AlarmEmail: alarmEmail }),
  };
  writeOwnSamConfig({ stack, region, parameters }, folder);
  return { stack, region };
}

function failed(command: string): string {
  const advice =
    command === 'deploy'
      ? `. If CloudFormation rolled back a first deployment, delete it before: sam delete --config-file ${ownSamConfig}`
      : '';
  return (
    `sam ${command} failed; its reason is above. The answers are kept in ${ownSamConfig}: remove the cause, ` +
    `then run npx telegram-lake deploy again${advice}`
  );
}

function runSam(folder: string, args: readonly string[]): number | null {
  const { error, status } = spawnSync('sam', args, {
    cwd: folder,
    stdio: 'inherit',
    // On Windows it is sam.cmd, which only a shell finds.
    shell: process.platform === 'win32',
  });
  if (error && 'code' in error && error.code === 'ENOENT') {
    throw new Error(
      'the SAM CLI is not installed, or not on the PATH: ' +
        'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html',
    );
  }
  if (error) throw new Error(`sam ${args[0]} could not be run: ${error.message}`, { cause: error });
  return status;
}
