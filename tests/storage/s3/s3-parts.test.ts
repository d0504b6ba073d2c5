import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import sinon from 'sinon';
import { StoreError } from '../../../src/storage/object-store.ts';
import { s3Parts } from '../../../src/storage/s3/s3-parts.ts';
import { rejection } from '../../support/rejection.ts';

const bytes = Buffer.from('0123456789');

describe('large object in parts', () => {
  const client = new S3Client({ region: 'us-east-1' });
  /** What S3 answers to each GET in turn, where it is not the range asked for. */
  let answers: (Error | Uint8Array | undefined)[];
  let asked: (string | undefined)[];
  beforeEach(() => {
    answers = [];
    asked = [];
    sinon.stub(client, 'send').callsFake(async (command: unknown) => {
      if (command instanceof HeadObjectCommand) {
        expect(command.input).to.include({ Bucket: 'results', Key: 'etl/1.csv' });
        return { ETag: '"e"', ContentLength: bytes.length };
      }
      if (!(command instanceof GetObjectCommand)) throw new Error('an unexpected command');
      expect(command.input).to.include({ Bucket: 'results', Key: 'etl/1.csv', IfMatch: '"e"' });
      asked.push(command.input.Range);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      const [from = 0, to = 0] = (command.input.Range ?? '').match(/\d+/g)?.map(Number) ?? [];
      return { Body: { transformToByteArray: async () => answer ?? bytes.subarray(from, to + 1) } };
    });
  });
  afterEach(() => sinon.restore());

  const read = async () => {
    const parts = await s3Parts(client, 's3://results/etl/1.csv', 4);
    return Buffer.concat(await Array.fromAsync(parts ?? [])).toString();
  };

  it('is asked for range by range, the last one shorter', async () => {
    expect(await read()).to.equal('0123456789');
    expect(asked).to.deep.equal(['bytes=0-3', 'bytes=4-7', 'bytes=8-9']);
  });

  it('asks again for a part that broke off or failed, and for no other', async () => {
    answers = [undefined, Buffer.from('45'), new Error('socket hang up'), undefined];
    expect(await read()).to.equal('0123456789');
    expect(asked).to.deep.equal(['bytes=0-3', 'bytes=4-7', 'bytes=4-7', 'bytes=4-7', 'bytes=8-9']);
  });

  it('fails at once when the object was replaced during the read', async () => {
    const changed = Object.assign(
      new Error('At least one of the pre-conditions you specified did not hold'),
      {
        $metadata: { httpStatusCode: 412 },
      },
    );
    answers = [undefined, changed];
    expect(await rejection(read()))
      .to.be.instanceOf(StoreError)
      .with.property('key', 'etl/1.csv');
    expect(asked).to.have.length(2);
  });

  it('is undefined when there is no such object', async () => {
    sinon.restore();
    sinon.stub(client, 'send').rejects(Object.assign(new Error(), { $metadata: { httpStatusCode: 404 } }));
    expect(await s3Parts(client, 's3://results/etl/1.csv')).to.equal(undefined);
  });

  it('is named as Athena names it', async () => {
    expect(await rejection(s3Parts(client, 'https://results/etl/1.csv'))).to.be.instanceOf(RangeError);
  });
});
