import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findContainerEngine } from './engines/container-engine.ts';
import { MissingToolError } from './engines/installed.ts';
import { s3Keys, startS3Server } from './engines/s3-server.ts';

/*
 * npm run s3-server -- [--lake DIR] [--port N]
 *
 * An S3 server for `sam local`, until it is interrupted. Its two buckets, `raw` and `enriched`, are the folders of a
 * lake, so that the command line can ask what the functions have stored. Containers reach it too; nobody else does.
 */
const { values } = parseArgs({
  options: { lake: { type: 'string', default: 'lake/sam' }, port: { type: 'string', default: '7070' } },
});
const lake = resolve(values.lake);

try {
  const engine = await findContainerEngine();
  const server = await startS3Server({
    folder: lake,
    port: Number(values.port),
    containerAddress: engine?.gateway,
  });
  for (const bucket of ['raw', 'enriched']) await server.createBucket(bucket);

  const exports = Object.entries(s3Keys).filter(([, value]) => value);
  console.log(`S3 server at ${server.endpoint}, in containers http://host.docker.internal:${server.port}`);
  console.log(`  buckets  ${join(lake, 'raw')}, ${join(lake, 'enriched')}`);
  console.log(`  keys     export ${exports.map(([name, value]) => `${name}=${value}`).join(' ')}`);
  if (!engine)
    console.log('No container engine is running: start Docker before sam local, then start this again.');

  const stop = () => server.stop().then(() => process.exit(0));
  process.once('SIGINT', stop).once('SIGTERM', stop);
} catch (error) {
  if (!(error instanceof MissingToolError)) throw error;
  console.error(`s3-server: ${error.message}`);
  process.exitCode = 1;
}
