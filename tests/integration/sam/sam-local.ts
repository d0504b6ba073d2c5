import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasImage, lambdaImage, startContainerEngine } from '../engines/container-engine.ts';
import { MissingToolError, printed } from '../engines/installed.ts';
import { s3Keys } from '../engines/s3-server.ts';
import { freePort, startServer } from '../engines/server-process.ts';

/** The functions of the template as `sam local` runs them, in containers, and the S3 server that they store to. */
export interface SamLocal {
  /** Of the API that `sam local start-api` serves. */
  readonly url: string;
  /** Where the S3 server keeps the buckets: a lake with its folders `raw` and `enriched`. */
  readonly lake: string;
  /** Environment of a program that takes the S3 server for S3. */
  readonly s3Environment: Readonly<Record<string, string>>;
  /** What a function answers to an event, by `sam local invoke`: its result, or its error as Lambda describes it. */
  invoke(functionName: string, eventFile: string): Promise<unknown>;
  stopS3(): Promise<void>;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const minutes = 60_000;

/**
 * Does what README.md tells to do: `npm run s3-server`, `sam build`, `sam local start-api`; with ports, a lake and
 * environment variables of its own, so that several can run side by side.
 *
 * @throws MissingToolError when there is no SAM CLI, no container engine, or no Go to build the S3 server with
 */
export async function startSamLocal(): Promise<SamLocal> {
  if (!(await printed('sam', '--version'))) {
    throw new MissingToolError('sam local needs the SAM CLI, as sam: pip install aws-sam-cli');
  }
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const server of started.splice(0).reverse()) await server.stop();
  };
  try {
    const engine = await startContainerEngine();
    started.push(engine);
    const folder = await mkdtemp(join(tmpdir(), 'telegram-lake-sam-'));
    started.push({ stop: () => rm(folder, { recursive: true, force: true }) });
    const environment = {
      ...s3Keys,
      DOCKER_HOST: engine.host,
      SAM_CLI_TELEMETRY: '0',
      // What is there need not be asked for again; a stand-in could not be pulled at all.
      ...((await hasImage(engine, lambdaImage)) && { SAM_SKIP_PULL_IMAGE: '1' }),
    };

    const lake = join(folder, 'lake');
    const s3Port = await freePort();
    const s3Endpoint = `http://127.0.0.1:${s3Port}`;
    const s3Server = await startServer({
      name: 's3-server-script',
      command: process.execPath,
      args: ['scripts/s3-server.ts', '--lake', lake, '--port', String(s3Port)],
      env: { DOCKER_HOST: engine.host },
      ready: async () => (await fetch(s3Endpoint, { signal: AbortSignal.timeout(2_000) })).status === 403,
      seconds: 600, // it may have to be built
    });
    started.push(s3Server);

    await run('sam', ['build'], { env: { ...process.env, ...environment }, timeout: 5 * minutes });

    const variables = join(folder, 'environment.json');
    await writeFile(variables, await environmentFor(s3Port));
    const options = ['--env-vars', variables];
    // Podman's API does not know `host-gateway`, which samconfig.toml says.
    if (engine.name === 'Podman') options.push('--add-host', `host.docker.internal:${engine.gateway}`);

    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const api = await startServer({
      name: 'sam-local-start-api',
      command: 'sam',
      args: ['local', 'start-api', '--port', String(port), ...options],
      env: environment,
      ready: async () => (await fetch(url, { signal: AbortSignal.timeout(5_000) })).status === 403,
      seconds: 120,
    });
    started.push(api);

    return {
      url,
      lake,
      s3Environment: { ...s3Keys, AWS_ENDPOINT_URL_S3: s3Endpoint },
      async invoke(functionName, eventFile) {
        const args = ['local', 'invoke', functionName, '--event', eventFile, ...options];
        const { stdout, stderr } = await run('sam', args, {
          env: { ...process.env, ...environment },
          timeout: 10 * minutes, // the image may have to be pulled
        });
        // It exits with 0 also when the function throws or ends without an answer.
        try {
          return JSON.parse(stdout);
        } catch {
          throw new Error(`${functionName} gave no answer:\n${stderr.slice(-3_000)}`);
        }
      },
      stopS3: () => s3Server.stop(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** events/environment.json, with the S3 server on another port. */
async function environmentFor(s3Port: number): Promise<string> {
  const text = await readFile('events/environment.json', 'utf8');
  const environment = text.replace('host.docker.internal:7070', `host.docker.internal:${s3Port}`);
  if (environment === text)
    throw new Error('events/environment.json does not name port 7070 of this machine');
  return environment;
}
