import { startAccount } from '../../../tools/engines/account.ts';
import { createBucket, startS3Server } from '../../../tools/engines/s3-server.ts';
import { objectStoreContract } from '../../storage/object-store-contract.ts';
import { s3Bucket } from './s3-bucket.ts';

// Two independent servers: what both agree on is S3's behaviour more likely than a server's own. versitygw checks what
// a client signs; moto takes any secret, but has no quirk of a file system.
for (const [name, start] of [
  ['versitygw', startS3Server],
  ['moto', startAccount],
] as const) {
  describe(`S3 server ${name}`, () => {
    let server: Awaited<ReturnType<typeof start>>;
    before(async () => {
      server = await start();
    });
    after(() => server?.stop());

    let buckets = 0;
    for (const bulk of [false, true]) {
      objectStoreContract(bulk ? 'S3 (bulk reads)' : 'S3', async () => {
        const bucket = `contract-${++buckets}`;
        await createBucket(server.endpoint, bucket);
        return s3Bucket(server.environment, bucket, { bulk });
      });
    }
  });
}
