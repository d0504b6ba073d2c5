import { delimiter } from 'node:path';
import { type ApiCaller, apiCaller } from './api-caller.ts';
import { installed, python, runInstaller } from './installed.ts';
import { freePort, startServer } from './server-process.ts';

/** moto: AWS's services in one server, in memory. The translator is the code that AWS's own SAM transform runs. */
const packages = ['moto[server]==5.2.5', 'aws-sam-translator==1.115.0'];

const pip = [
  '-m',
  'pip',
  'install',
  '--quiet',
  '--disable-pip-version-check',
  '--no-warn-conflicts',
  '--root-user-action=ignore',
];

/** An AWS account that is a server on this machine. */
export interface Account {
  readonly endpoint: string;
  /** Environment of a program that takes the server for AWS: endpoint, region and keys. */
  readonly environment: Readonly<Record<string, string>>;
  /** The same for an SDK client of this process: `new AthenaClient(account.clientSettings)`. */
  readonly clientSettings: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /**
   * The answer to an API call, for services whose SDK client the project does not have: `call('glue', 'get_table',
   * {…})`.
   *
   * @throws ApiError when the service answers with an error
   */
  readonly call: ApiCaller['call'];
  stop(): Promise<void>;
}

/**
 * Installs the emulated account if need be (about 50 MB from PyPI), and starts an empty one.
 *
 * It knows no IAM: every call is allowed, with any signature. It forgets everything when it stops.
 *
 * @param trinoUrl - where Athena's queries run
 * @throws MissingToolError when there is no Python 3.10
 */
export async function startAccount(trinoUrl?: string): Promise<Account> {
  const { command, folder } = await installAccount();
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const env = {
    ...keys,
    PYTHONPATH: [import.meta.dirname, folder].join(delimiter),
    PYTHONDONTWRITEBYTECODE: '1',
    NO_PROXY: '127.0.0.1',
    MOTO_PORT: String(port),
    // So that a role can have them attached.
    MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
    ...(trinoUrl && { TRINO_URL: trinoUrl }),
  };
  const caller = apiCaller(command, ['-m', 'account.call'], env);
  const server = await startServer({
    name: 'account',
    command,
    args: ['-m', 'account.server', '-H', '127.0.0.1', '-p', String(port)],
    env,
    ready: async () => (await fetch(`${endpoint}/moto-api/`, { signal: AbortSignal.timeout(2_000) })).ok,
    seconds: 60,
  });
  return {
    endpoint,
    environment: { ...keys, AWS_ENDPOINT_URL: endpoint },
    clientSettings: {
      endpoint,
      region: keys.AWS_REGION,
      credentials: { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY },
    },
    call: caller.call,
    async stop() {
      caller.stop();
      await server.stop();
    },
  };
}

const keys = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'testtest',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
};

/**
 * Installs the emulated account if need be, without starting one.
 *
 * @throws MissingToolError when there is no Python 3.10
 */
export async function installAccount(): Promise<{ readonly command: string; readonly folder: string }> {
  const { command, version } = await python();
  const name = [...packages, `python${version}`].join('-').replaceAll(/[^\w.-]+/g, '-');
  const folder = await installed(name, (target) =>
    runInstaller(command, [...pip, '--target', target, ...packages]),
  );
  return { command, folder };
}
