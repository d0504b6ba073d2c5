import { type Engines, startEngines } from './index.ts';

let engines: Engines | undefined;

/**
 * The account and the Trino node of this test run, for every test file of it: mocha loads this file with `--require`,
 * starts them before the first test and stops them after the last. A stack per test file keeps the files apart.
 */
export function startedEngines(): Engines {
  if (!engines) throw new Error('start mocha with --require tools/engines/started.ts');
  return engines;
}

export async function mochaGlobalSetup(): Promise<void> {
  engines = await startEngines();
}

export async function mochaGlobalTeardown(): Promise<void> {
  await engines?.stop();
}
