import { expect } from 'chai';
import { generateDay } from '../../bench/generate-day.ts';
import { type StandIn, startStandIn } from '../../bench/stand-in.ts';
import type { Day } from '../../src/base/local-day.ts';
import { dayPrefix } from '../../src/lake/object-keys.ts';
import { s3Bucket } from '../integration/s3/s3-bucket.ts';
import { objectStoreContract } from '../storage/object-store-contract.ts';

describe('stand-in for S3', () => {
  let standIn: StandIn;
  before(async () => {
    standIn = await startStandIn();
  });
  after(() => standIn.stop());

  let buckets = 0;
  // Of listings in pages it does what the benchmarks need, which is tested below.
  objectStoreContract(
    'stand-in',
    () => s3Bucket(standIn.environment, `contract-${++buckets}`, { bulk: true }),
    { many: false },
  );

  it('fills a bucket with a generated day', async () => {
    const day = { day: '2026-11-22' as Day, updates: 2_345, timeZone: 'America/Sao_Paulo' };
    await standIn.order({ fill: day, bucket: 'filled' });
    const store = await s3Bucket(standIn.environment, 'filled');
    const listed = await Array.fromAsync(store.listObjects(dayPrefix(day.day)));
    const generated = [...generateDay(day)];
    expect(listed.map(({ key }) => key)).to.deep.equal(generated.map(({ key }) => key));
    const [last] = generated.slice(-1);
    expect(Buffer.from(await store.getObject(last?.key ?? '')).toString()).to.equal(last?.json);
  });
});
