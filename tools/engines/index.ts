import { type Account, startAccount } from './account.ts';
import { freePort } from './server-process.ts';
import { startTrino, type Trino } from './trino-server.ts';

/** An emulated account whose Athena runs on Trino. */
export interface Engines {
  readonly account: Account;
  readonly trino: Trino;
  stop(): Promise<void>;
}

/**
 * Starts an empty account and a Trino node over its tables: CloudFormation, S3, Glue and Athena on this machine.
 *
 * Every start has ports and folders of its own, so several can run side by side; what is not installed yet is
 * installed first. Takes 15 to 25 seconds and 0.8 GB, so a test file starts them once:
 *
 * ```ts
 * let engines: Engines;
 * before(async function () {
 *   this.timeout(600_000); // they may have to be installed
 *   engines = await startEngines();
 * });
 * after(() => engines?.stop());
 * ```
 *
 * @throws MissingToolError when this machine lacks what they need: Java 24, Maven, Python 3.10
 */
export async function startEngines(): Promise<Engines> {
  const port = await freePort();
  const account = await startAccount(`http://127.0.0.1:${port}`);
  try {
    const trino = await startTrino(account.endpoint, port);
    return {
      account,
      trino,
      async stop() {
        await Promise.all([trino.stop(), account.stop()]);
      },
    };
  } catch (error) {
    await account.stop();
    throw error;
  }
}
