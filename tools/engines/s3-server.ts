import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { installed, MissingToolError, printed, runInstaller } from './installed.ts';
import { freePort, startServer } from './server-process.ts';

const version = '1.8.0';
const oldestGo = 24;

/** The keys of `startS3Server`'s one account, the region it signs for, and no session token of another account. */
export const s3Keys = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local-secret',
  AWS_SESSION_TOKEN: '',
  AWS_REGION: 'us-east-1',
} as const;

export interface S3ServerOptions {
  /** Holds a folder for each bucket, and in it the objects as files; a temporary one when none is named. */
  readonly folder?: string;
  /** 0 takes a free one. */
  readonly port?: number;
  /** An address beside 127.0.0.1, by which containers reach this machine. */
  readonly containerAddress?: string | undefined;
  /** Whether buckets can keep older versions, in a folder beside its own that goes with the server. */
  readonly hasVersions?: boolean;
}

/** An S3 server on this machine. */
export interface S3Server {
  readonly port: number;
  /** `http://127.0.0.1:7070` */
  readonly endpoint: string;
  /** Environment of a program that takes the server for S3: endpoint, region and keys. */
  readonly environment: Readonly<Record<string, string>>;
  createBucket(bucket: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The program of the S3 server, which is built the first time: two minutes.
 *
 * @throws MissingToolError when there is no Go to build it with
 */
export async function installS3Server(): Promise<string> {
  return join(await installed(`versitygw-${version}`, build), 'versitygw');
}

/**
 * Builds versitygw if need be, and starts it: an S3 server over a folder, which checks signatures and checksums.
 *
 * Not as S3 does: keys are paths, so that `a` and `a/b` cannot both exist and `a//b` is `a/b`; there are no bucket
 * settings but policies, and no IAM: its one account may do everything.
 *
 * @throws MissingToolError when there is no Go to build it with
 */
export async function startS3Server(options: S3ServerOptions = {}): Promise<S3Server> {
  const program = await installS3Server();
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'telegram-lake-s3-')));
  await mkdir(folder, { recursive: true });
  const versionsFolder = `${folder}-versions`;
  if (options.hasVersions) await mkdir(versionsFolder, { recursive: true });
  const port = options.port || (await freePort());
  const endpoint = `http://127.0.0.1:${port}`;
  const addresses = ['127.0.0.1', ...(options.containerAddress ? [options.containerAddress] : [])];
  const clean = async () => {
    const made = [...(options.folder ? [] : [folder]), ...(options.hasVersions ? [versionsFolder] : [])];
    for (const each of made) await rm(each, { recursive: true, force: true });
  };
  try {
    const server = await startServer({
      name: 's3-server',
      command: program,
      args: [
        ...addresses.flatMap((address) => ['--port', `${address}:${port}`]),
        '--region',
        s3Keys.AWS_REGION,
        '--health',
        '/health',
        // Else it closes the connection after each answer, which no S3 does.
        '--keep-alive',
        'posix',
        ...(options.hasVersions ? ['--versioning-dir', versionsFolder] : []),
        folder,
      ],
      env: {
        ROOT_ACCESS_KEY_ID: s3Keys.AWS_ACCESS_KEY_ID,
        ROOT_SECRET_ACCESS_KEY: s3Keys.AWS_SECRET_ACCESS_KEY,
      },
      ready: async () => (await fetch(`${endpoint}/health`, { signal: AbortSignal.timeout(2_000) })).ok,
      seconds: 30,
    });
    return {
      port,
      endpoint,
      environment: { ...s3Keys, AWS_ENDPOINT_URL_S3: endpoint },
      createBucket: (bucket) => createBucket(endpoint, bucket),
      async stop() {
        await server.stop();
        await clean();
      },
    };
  } catch (error) {
    await clean();
    throw error;
  }
}

async function build(folder: string): Promise<void> {
  const minor = /go1\.(\d+)/.exec((await printed('go', 'version')) ?? '')?.[1];
  if (!(Number(minor) >= oldestGo)) {
    throw new MissingToolError(`the S3 server versitygw needs Go 1.${oldestGo} or newer to be built, as go`);
  }
  const source = `github.com/versity/versitygw/cmd/versitygw@v${version}`;
  await runInstaller('env', [`GOBIN=${folder}`, 'go', 'install', source]);
}

/** Makes a bucket, unless it is there already. */
export async function createBucket(endpoint: string, bucket: string): Promise<void> {
  const client = new S3Client({
    endpoint,
    region: s3Keys.AWS_REGION,
    forcePathStyle: true,
    credentials: {
      accessKeyId: s3Keys.AWS_ACCESS_KEY_ID,
      secretAccessKey: s3Keys.AWS_SECRET_ACCESS_KEY,
    },
  });
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'BucketAlreadyOwnedByYou')) throw error;
  } finally {
    client.destroy();
  }
}
