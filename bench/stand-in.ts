import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { s3Keys } from '../tests/integration/engines/s3-server.ts';
import { moveToProcessor } from './measured-process.ts';
import type { Order } from './s3-stand-in.ts';

/** A stand-in for S3 that runs as a process of its own. */
export interface StandIn {
  /** Environment of a program that takes it for S3. */
  readonly environment: Readonly<Record<string, string>>;
  /** Carries out an order, and tells the processor time that the stand-in has taken so far, in microseconds. */
  order(order: Order): Promise<number>;
  stop(): void;
}

/** Starts one on the second processor, which it has for itself when what asks it is on the first. */
export async function startStandIn(): Promise<StandIn> {
  const child = fork(fileURLToPath(new URL('s3-stand-in.ts', import.meta.url)));
  const [{ port }] = (await once(child, 'message')) as [AddressInfo];
  if (child.pid) moveToProcessor(1, child.pid);
  return {
    environment: { ...s3Keys, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` },
    async order(order) {
      child.send(order);
      const [microseconds] = (await once(child, 'message')) as [number];
      return microseconds;
    },
    stop: () => child.disconnect(),
  };
}
