import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MissingToolError, printed } from './installed.ts';
import { startServer } from './server-process.ts';

/** What runs containers on this machine: Docker, or podman by its Docker-compatible API. */
export interface ContainerEngine {
  readonly name: 'Docker' | 'Podman';
  /** Where it listens, as the variable DOCKER_HOST has it: `unix:///var/run/docker.sock`. */
  readonly host: string;
  /** This machine's address on the network of containers; undefined where they reach its 127.0.0.1 (Docker Desktop). */
  readonly gateway: string | undefined;
}

/** The image that the SAM CLI runs functions of nodejs24.x in. */
export const lambdaImage = 'public.ecr.aws/lambda/nodejs:24-x86_64';

/** The engine that is running on this machine, or undefined. */
export async function findContainerEngine(): Promise<ContainerEngine | undefined> {
  for (const host of [process.env.DOCKER_HOST ?? '', ...usualHosts]) {
    const engine = host.startsWith('unix://') ? await engineAt(host) : undefined;
    if (engine) return engine;
  }
  return undefined;
}

const usualHosts = [
  '/var/run/docker.sock',
  join(homedir(), '.docker/run/docker.sock'),
  '/run/podman/podman.sock',
].map((path) => `unix://${path}`);

/**
 * The engine that is running on this machine, or else podman, started for this process alone.
 *
 * @throws MissingToolError when there is neither
 */
export async function startContainerEngine(): Promise<ContainerEngine & { stop(): Promise<void> }> {
  const running = await findContainerEngine();
  if (running) return { ...running, stop: async () => {} };
  if (!(await printed('podman', '--version'))) {
    throw new MissingToolError(
      'sam local needs a container engine: start Docker, or see tools/engines/podman.sh (Debian, root)',
    );
  }
  await makeBridge();
  const folder = await mkdtemp(join(tmpdir(), 'telegram-lake-podman-'));
  const host = `unix://${join(folder, 'podman.sock')}`;
  const server = await startServer({
    name: 'podman',
    command: 'podman',
    args: ['system', 'service', '--time=0', host],
    ready: async () => (await engineAt(host)) !== undefined,
    seconds: 30,
  });
  const engine = await engineAt(host);
  if (!engine) throw new Error('podman went away');
  return {
    ...engine,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Podman gives this machine its address on the containers' network with the first container. */
async function makeBridge(): Promise<void> {
  const args = ['run', '--rm', '--pull=never', lambdaImage, '/bin/sh', '-c', ':'];
  await promisify(execFile)('podman', args, { timeout: 120_000 }).catch((error) => {
    throw new MissingToolError('podman cannot run containers here: see tools/engines/podman.sh', {
      cause: error,
    });
  });
}

/** Whether the engine holds an image, so that it need not be pulled. */
export async function hasImage({ host }: ContainerEngine, image: string): Promise<boolean> {
  return (await ask(host, `/images/${image}/json`)) !== undefined;
}

async function engineAt(host: string): Promise<ContainerEngine | undefined> {
  const version = await ask(host, '/version').catch(() => undefined);
  if (!version) return undefined;
  const name = JSON.stringify(version).includes('Podman') ? 'Podman' : 'Docker';
  const network = await ask(host, `/networks/${name === 'Podman' ? 'podman' : 'bridge'}`);
  const gateway = (network as Network | undefined)?.IPAM?.Config?.[0]?.Gateway;
  return { name, host, gateway: gateway && (await isOfThisMachine(gateway)) ? gateway : undefined };
}

interface Network {
  readonly IPAM?: { readonly Config?: readonly { readonly Gateway?: string }[] };
}

/**
 * Whether a server of this machine can listen on the address. (A bridge without containers is in no list of
 * interfaces.)
 */
function isOfThisMachine(address: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(0, address, () => server.close(() => resolve(true)));
  });
}

/** The engine's answer as JSON, or undefined where it has none: no such image, no such network. */
function ask(host: string, path: string): Promise<unknown> {
  const socketPath = host.slice('unix://'.length);
  if (!existsSync(socketPath)) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, path, timeout: 10_000 }, async (answer) => {
      const body = Buffer.concat(await answer.toArray().catch(() => []));
      resolve(answer.statusCode === 200 ? JSON.parse(body.toString()) : undefined);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${host} does not answer`)));
    outgoing.on('error', reject);
    outgoing.end();
  });
}
