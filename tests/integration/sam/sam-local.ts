import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasImage, lambdaImage, startContainerEngine } from '../../../tools/engines/container-engine.ts';
import { MissingToolError, printed } from '../../../tools/engines/installed.ts';
import { installS3Server, s3Keys } from '../../../tools/engines/s3-server.ts';
import { freePort, startServer } from '../../../tools/engines/server-process.ts';

/** The functions of the template as `sam local` runs them, in containers, and the S3 server that they store to. */
export interface SamLocal {
  /** Of the API that `sam local start-api` serves. */
  readonly url: string;
  /** Where the S3 server keeps the buckets: a lake with its folders `raw` and `enriched`. */
  readonly lake: string;
  /** Environment of a program that takes the S3 server for S3. */
  readonly s3Environment: Readonly<Record<string, string>>;
  /** What a command of docs/sam-local.md prints, typed in a new terminal; ports and lake are this start's own. */
  type(command: string): Promise<{ readonly stdout: string; readonly stderr: string }>;
  /** What a function answers to an event, by `sam local invoke`: its result, or its error as Lambda describes it. */
  invoke(functionName: string, eventFile: string): Promise<unknown>;
  stopS3(): Promise<void>;
  stop(): Promise<void>;
}

const minutes = 60_000;
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The commands of docs/sam-local.md, in their order. */
export const documentedCommands: readonly string[] = [
  ...readFileSync('docs/sam-local.md', 'utf8').matchAll(/^ {4}(\S.*)$/gm),
].map(([, command = '']) => command);

/** The one that begins so. */
export function documentedCommand(beginning: string): string {
  const command = documentedCommands.find((each) => each.startsWith(beginning));
  if (!command) throw new Error(`docs/sam-local.md does not tell to type ${beginning}`);
  return command;
}

/**
 * Types what docs/sam-local.md tells to type, up to a running API; with ports, a lake and environment variables of its
 * own, so that several can run side by side.
 *
 * @throws MissingToolError when there is no SAM CLI, no container engine, or no Go to build the S3 server with
 */
export async function startSamLocal(): Promise<SamLocal> {
  if (!(await printed('sam', '--version'))) {
    throw new MissingToolError('sam local needs the SAM CLI, as sam: pip install aws-sam-cli');
  }
  await installS3Server();
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const server of started.splice(0).reverse()) await server.stop();
  };
  try {
    const engine = await startContainerEngine();
    started.push(engine);
    const env = {
      DOCKER_HOST: engine.host,
      SAM_CLI_TELEMETRY: '0',
      // What is there need not be asked for again; a stand-in could not be pulled at all.
      ...((await hasImage(engine, lambdaImage)) && { SAM_SKIP_PULL_IMAGE: '1' }),
    };
    const folder = await mkdtemp(join(tmpdir(), 'telegram-lake-sam-'));
    started.push({ stop: () => rm(folder, { recursive: true, force: true }) });
    const lake = join(folder, 'lake');
    const [port, s3Port] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${port}`;
    const s3Endpoint = `http://127.0.0.1:${s3Port}`;

    const s3Server = await startServer({
      name: 's3-server-script',
      // What `npm run s3-server` runs: npm itself would not hand on the signal to stop.
      ...shell(`exec ${scripts['s3-server']}`, '--lake', lake, '--port', String(s3Port)),
      env,
      ready: async () => (await fetch(s3Endpoint, { signal: AbortSignal.timeout(2_000) })).status === 403,
      seconds: 60,
    });
    started.push(s3Server);

    const variables = join(folder, 'environment.json');
    await writeFile(variables, await environmentFor(s3Port));
    const options = ['--env-vars', variables];
    // Podman's API does not know `host-gateway`, which samconfig.toml says.
    if (engine.name === 'Podman') options.push('--add-host', `host.docker.internal:${engine.gateway}`);

    const keys = documentedCommand('export');
    const type: SamLocal['type'] = (command) => {
      const typed = command.replace('http://127.0.0.1:3000', url).replace('lake/sam', lake);
      const terminal = shell(`${keys}; ${typed}`, ...(command.startsWith('sam local') ? options : []));
      return promisify(execFile)(terminal.command, terminal.args, {
        env: { ...process.env, ...env },
        timeout: 10 * minutes, // the image may have to be pulled
      });
    };
    await type(documentedCommand('sam build'));
    const api = await startServer({
      name: 'sam-local-start-api',
      ...shell(
        `${keys}; exec ${documentedCommand('sam local start-api')}`,
        '--port',
        String(port),
        ...options,
      ),
      env,
      ready: async () => (await fetch(url, { signal: AbortSignal.timeout(5_000) })).status === 403,
      seconds: 120,
    });
    started.push(api);

    return {
      url,
      lake,
      s3Environment: { ...s3Keys, AWS_ENDPOINT_URL_S3: s3Endpoint },
      type,
      async invoke(functionName, eventFile) {
        const { stdout, stderr } = await type(`sam local invoke ${functionName} --event ${eventFile}`);
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

/** A line of a shell, with more words at its end. */
function shell(line: string, ...words: readonly string[]) {
  return { command: 'sh', args: ['-c', `${line} "$@"`, 'sh', ...words] };
}

/** events/environment.json, with the S3 server on another port. */
async function environmentFor(s3Port: number): Promise<string> {
  const text = await readFile('events/environment.json', 'utf8');
  const environment = text.replace('host.docker.internal:7070', `host.docker.internal:${s3Port}`);
  if (environment === text)
    throw new Error('events/environment.json does not name port 7070 of this machine');
  return environment;
}
