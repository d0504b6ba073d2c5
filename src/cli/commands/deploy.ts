import { Command } from 'commander';
import type { Answers } from '../stack/deploy-questions.ts';
import { deployStack } from '../stack/deploy-stack.ts';
import { ownSamConfig } from '../stack/own-sam-config.ts';
import { examples } from '../terminal/help-text.ts';

/** `telegram-lake deploy`: deploys the stack, with answers that are asked for once. */
export function deployCommand(): Command {
  return new Command('deploy')
    .description(
      `Deploy the stack with the SAM CLI. Asks the first time, and keeps the answers in ${ownSamConfig}.`,
    )
    .option('--stack <name>', 'name of the stack')
    .option('--region <region>', 'AWS region')
    .option('--chat-id <ids>', 'chat id of the group, or several separated by commas')
    .option('--time-zone <zone>', "the group's time zone")
    .option('--first-day <day>', 'first day that queries see')
    .option('--alarm-email <address>', 'where alarms are sent')
    .addHelpText('after', examples('deploy', 'deploy --chat-id -1001234567890 --region sa-east-1'))
    .action((options: Readonly<Partial<Answers>>) => deployStack(options));
}
