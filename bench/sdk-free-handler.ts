import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

const { AWS_S3_BUCKET: bucket, AWS_REGION: region = '', AWS_ENDPOINT_URL_S3: endpoint = '' } = process.env;
const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = process.env;
const { protocol, hostname, host, port } = new URL(endpoint);
const agent = new Agent({ keepAlive: true });

class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Buffer);
  }

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

const signer = new SignatureV4({
  service: 's3',
  region,
  credentials: { accessKeyId, secretAccessKey },
  sha256: Sha256,
  uriEscapePath: false,
  applyChecksum: false,
});
let updates = 0;

/** The least that a PUT can cost in Node: one signed request, without the SDK's client, time-outs or retries. */
export async function handler({ body }: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const bytes = Buffer.from(body ?? '');
  const path = `/${bucket}/sdk-free/${++updates}.json`;
  const headers = {
    host,
    'content-length': String(bytes.length),
    'content-type': 'application/json',
    'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex'),
  };
  const signed = await signer.sign({ method: 'PUT', protocol, hostname, path, query: {}, headers });
  await new Promise<void>((resolve, reject) => {
    request({ method: 'PUT', agent, hostname, port, path, headers: signed.headers }, (response) => {
      response.resume().once('end', resolve);
      if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
    })
      .once('error', reject)
      .end(bytes);
  });
  return { statusCode: 200, headers: {}, body: '' };
}
