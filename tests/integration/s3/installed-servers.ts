import { installAccount } from '../../../tools/engines/account.ts';
import { installS3Server } from '../../../tools/engines/s3-server.ts';

/**
 * Mocha loads this file with `--require`: both servers are there before the first test, or the run fails with one line.
 */
export async function mochaGlobalSetup(): Promise<void> {
  await installS3Server();
  await installAccount();
}
