import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `run` gives when the environment holds these variables and none of the project's others. */
export async function withEnvironment<T>(
  variables: Record<string, string>,
  run: () => Promise<T>,
): Promise<T> {
  const before = { ...process.env };
  for (const name of Object.keys(process.env))
    if (/^(AWS|TELEGRAM|POWERTOOLS)_/.test(name)) delete process.env[name];
  // A token that somebody has stored for their own bot is not for tests.
  process.env.XDG_CONFIG_HOME = join(tmpdir(), `telegram-lake-test-config-${process.pid}`);
  Object.assign(process.env, variables);
  try {
    return await run();
  } finally {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  }
}
