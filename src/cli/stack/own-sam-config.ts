import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a person's answers are kept. Git ignores it, so neither an update nor a push meets them. */
export const ownSamConfig = 'samconfig.own.toml';

/** The folder of the project, which has template.yaml. */
export const projectFolder = join(import.meta.dirname, '../../..');

/** What a deployment cannot guess. Everything else has a default in template.yaml. */
export interface DeployAnswers {
  readonly stack: string;
  readonly region: string;
  /** By parameter of the template; without those that keep their default. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The stack and the region that an own file names; undefined where there is none. */
export function ownStack(
  folder = projectFolder,
): { readonly stack: string; readonly region: string } | undefined {
  const path = join(folder, ownSamConfig);
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const value = (name: string) => new RegExp(`^\\s*${name}\\s*=\\s*"([^"]+)"`, 'm').exec(text)?.[1];
  const [stack, region] = [value('stack_name'), value('region')];
  return stack && region ? { stack, region } : undefined;
}

/** Keeps answers in an own file, as settings of the SAM CLI. */
export function writeOwnSamConfig(answers: DeployAnswers, folder = projectFolder): void {
  writeFileSync(join(folder, ownSamConfig), samConfig(answers), { flag: 'wx', mode: 0o600 });
}

function samConfig({ stack, region, parameters }: DeployAnswers): string {
  const overrides = Object.entries(parameters).map(
    ([name, value]) => `  ${JSON.stringify(`${name}=${value}`)},`,
  );
  return `# Answers of npx telegram-lake deploy. Git ignores this file. The SAM CLI reads it with --config-file ${ownSamConfig}.
version = 0.1

[default.global.parameters]
stack_name = ${JSON.stringify(stack)}
region = ${JSON.stringify(region)}

[default.deploy.parameters]
capabilities = "CAPABILITY_IAM"
resolve_s3 = true
confirm_changeset = false
fail_on_empty_changeset = false
# To change a parameter of template.yaml: write it here, then run npx telegram-lake deploy.
parameter_overrides = [
${overrides.join('\n')}
]
`;
}
