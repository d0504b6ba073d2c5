import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { s3Keys } from '../tools/engines/s3-server.ts';
import { moveToProcessor } from './measured-process.ts';
import type { Order } from './s3-stand-in.ts';

/** A stand-in for S3 that runs as a process of its own. */
export interface StandIn {
  /** Environment of a program that takes it for S3. */
  readonly environment: Readonly<Record<string, string>>;
  /** Carries out an order, and returns the processor time that the stand-in has used so far, in microseconds. */
  order(order: Order): Promise<number>;
  stop(): void;
}

/**
 * Starts one on the second processor, which it has for itself when what asks it is on the first.
 *
 * @param identity - the file of its key and certificate, for TLS: of `tlsIdentity`
 */
export async function startStandIn(identity?: string): Promise<StandIn> {
  const program = fileURLToPath(new URL('s3-stand-in.ts', import.meta.url));
  const child = fork(program, identity === undefined ? [] : [identity]);
  const [{ port }] = (await once(child, 'message')) as [AddressInfo];
  if (child.pid) moveToProcessor(1, child.pid);
  const scheme = identity === undefined ? 'http' : 'https';
  return {
    environment: {
      ...s3Keys,
      AWS_ENDPOINT_URL_S3: `${scheme}://127.0.0.1:${port}`,
      ...(identity !== undefined && { NODE_EXTRA_CA_CERTS: identity }),
    },
    async order(order) {
      child.send(order);
      const [microseconds] = (await once(child, 'message')) as [number];
      return microseconds;
    },
    stop: () => child.disconnect(),
  };
}

/**
 * Makes a key and a certificate for 127.0.0.1, of the kind that S3 has: RSA with 2,048 bits.
 *
 * @param folder - where the file of both goes
 * @returns undefined where there is no `openssl`
 */
export function tlsIdentity(folder: string): string | undefined {
  const file = join(folder, 'identity.pem');
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const { status } = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-noenc', '-days', '2'],
    ...subject,
    ...['-keyout', file, '-out', `${file}.crt`],
  ]);
  if (status !== 0) return undefined;
  appendFileSync(file, readFileSync(`${file}.crt`));
  return file;
}
