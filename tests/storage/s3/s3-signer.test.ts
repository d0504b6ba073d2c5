import { S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import fc from 'fast-check';
import sinon from 'sinon';
import { s3Signer } from '../../../src/storage/s3/s3-signer.ts';
import { expectedSignature, signatureOf } from '../../support/signature-v4.ts';

// The key pair of AWS's published examples.
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

function client(options: object = {}): S3Client {
  return new S3Client({ region: 'us-east-1', credentials, ...options });
}

describe('S3 signer', () => {
  afterEach(() => sinon.restore());

  it('is checked by a rule that gives the signature of the example in the S3 manual', () => {
    const headers = {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-amz-date': '20130524T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
        'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=',
    };
    expect(
      expectedSignature({ method: 'GET', path: '/test.txt', headers }, credentials.secretAccessKey),
    ).to.equal('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
  });

  it('signs any key as S3 checks it', async () => {
    const signer = await s3Signer(client(), 'group-raw');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (key) => {
        const { path, headers } = await signer.signGet(key);
        expect(decodeURIComponent(path)).to.equal(`/${key}`);
        expect(path).to.match(/^[\w.~/%-]*$/);
        const request = { method: 'GET', path, headers };
        expect(signatureOf(request)).to.equal(expectedSignature(request, credentials.secretAccessKey));
      }),
    );
  });

  it('signs for the present day, also after midnight', async () => {
    const clock = sinon.useFakeTimers({ now: Date.UTC(2026, 10, 22, 23, 59, 59), toFake: ['Date'] });
    const signer = await s3Signer(client(), 'group-raw');
    const before = await signer.signGet('a');
    clock.tick(2_000);
    const after = await signer.signGet('a');
    expect(before.headers['x-amz-date']).to.equal('20261122T235959Z');
    expect(after.headers.authorization).to.contain('/20261123/us-east-1/s3/aws4_request');
    const request = { method: 'GET', ...after };
    expect(signatureOf(request)).to.equal(expectedSignature(request, credentials.secretAccessKey));
  });

  it('sends and signs the session token of temporary credentials', async () => {
    const temporary = { ...credentials, sessionToken: 'short-lived' };
    const signer = await s3Signer(client({ credentials: temporary }), 'group-raw');
    const { headers } = await signer.signGet('a');
    expect(headers['x-amz-security-token']).to.equal('short-lived');
    expect(headers.authorization).to.contain('x-amz-security-token');
  });

  it('renews credentials minutes before they expire', async () => {
    const clock = sinon.useFakeTimers({ now: Date.UTC(2026, 10, 22), toFake: ['Date'] });
    let calls = 0;
    const provider = async () => {
      const expiration = new Date(Date.now() + 3_600_000);
      return { ...credentials, accessKeyId: `KEY${++calls}`, expiration };
    };
    const signer = await s3Signer(client({ credentials: provider }), 'group-raw');
    const keyInUse = async () => {
      const { headers } = await signer.signGet('a');
      return /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1];
    };
    expect([await keyInUse(), await keyInUse()]).to.deep.equal(['KEY1', 'KEY1']);
    clock.tick(3_600_000 - 240_000);
    expect([await keyInUse(), await keyInUse()]).to.deep.equal(['KEY2', 'KEY2']);
  });

  const hosts: readonly [string, string, object, string, string][] = [
    [
      'the bucket of its region',
      'group-raw',
      { region: 'sa-east-1' },
      'https://group-raw.s3.sa-east-1.amazonaws.com',
      '/a/b',
    ],
    [
      'another part of AWS',
      'group-raw',
      { region: 'cn-north-1' },
      'https://group-raw.s3.cn-north-1.amazonaws.com.cn',
      '/a/b',
    ],
    [
      'a bucket whose name is no host name',
      'group.raw',
      {},
      'https://s3.us-east-1.amazonaws.com',
      '/group.raw/a/b',
    ],
    [
      "a server of one's own",
      'group-raw',
      { endpoint: 'http://127.0.0.1:7070', forcePathStyle: true },
      'http://127.0.0.1:7070',
      '/group-raw/a/b',
    ],
  ];
  for (const [title, bucket, options, origin, path] of hosts) {
    it(`addresses ${title}`, async () => {
      const signer = await s3Signer(client(options), bucket);
      const request = await signer.signGet('a/b');
      expect(signer.origin).to.equal(origin);
      expect(request.path).to.equal(path);
      expect(request.headers.host).to.equal(new URL(origin).host);
    });
  }
});
