import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import sinon from 'sinon';
import { StoreError } from '../../../src/storage/object-store.ts';
import { s3Client, s3Store } from '../../../src/storage/s3/s3-store.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { withEnvironment } from '../../support/environment.ts';
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts';
import { rejection } from '../../support/rejection.ts';
import { suiteFolder } from '../../support/temporary-folder.ts';

describe('S3 store', () => {
  const statuses: number[] = [];
  let server: LoopbackServer;
  const folder = suiteFolder();
  before(async () => {
    await writeFile(join(folder(), 'body'), 'bytes');
    server = await startLoopbackServer((request, response) => {
      request.resume().once('end', () => response.writeHead(statuses.shift() ?? 500).end());
    });
  });
  after(() => server.close());

  /** Puts a file while S3 answers with these statuses; what came of it, how many tries it took, what was printed. */
  async function putFile(...answers: number[]) {
    statuses.splice(0, statuses.length, ...answers);
    const earlier = server.requests.length;
    const environment = {
      AWS_ENDPOINT_URL_S3: server.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
    };
    const { result, output } = await withEnvironment(environment, () => {
      const store = s3Store(s3Client({ pathStyle: true }), 'bucket');
      return capturedOutput(() =>
        store.putObject('a/file', { path: join(folder(), 'body') }).catch((error: unknown) => error),
      );
    });
    return { result, output, tries: server.requests.length - earlier };
  }

  it('puts a file again after an error of the server, without a word on the console', async () => {
    expect(await putFile(500, 503, 200)).to.deep.equal({ result: 'stored', output: '', tries: 3 });
  });

  it('sends a file as it is, with its length and its checksum before it', async () => {
    await putFile(200);
    const { headers } = server.requests.at(-1) ?? {};
    // As `printf bytes | gzip | tail -c 8 | head -c 4` has it, turned round.
    expect(headers).to.include({ 'content-length': '5', 'x-amz-checksum-crc32': 'sZlDzg==' });
    expect(headers).not.to.have.any.keys('content-encoding', 'transfer-encoding', 'x-amz-trailer');
  });

  it('fails quietly when a file is gone before the client has opened it', async () => {
    const path = join(folder(), 'short-lived');
    await writeFile(path, 'bytes');
    const client = s3Client();
    const bodies: Readable[] = [];
    sinon.stub(client, 'send').callsFake(async (command: unknown) => {
      bodies.push((command as PutObjectCommand).input.Body as Readable);
      rmSync(path);
      throw Object.assign(new Error('no credentials'), { $metadata: { httpStatusCode: 403 } });
    });
    const failure = await rejection(s3Store(client, 'bucket').putObject('a/file', { path }));
    expect(failure).to.be.instanceOf(StoreError);
    // An error of the file without a listener would end the process here.
    await Promise.all(
      bodies.map((body) => body.closed || new Promise((resolve) => body.once('close', resolve))),
    );
    expect(bodies.map(({ errored }) => (errored as NodeJS.ErrnoException | null)?.code)).to.deep.equal([
      'ENOENT',
    ]);
  });

  it('gives up on a file after three tries, and at once where trying again is of no use', async () => {
    for (const [answer, expected] of [
      [500, 3],
      [403, 1],
    ] as const) {
      const { result, output, tries } = await putFile(answer, answer, answer);
      expect(result).to.be.instanceOf(StoreError);
      expect({ output, tries }).to.deep.equal({ output: '', tries: expected });
    }
  });
});
