import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from 'node:crypto';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getEndpointFromInstructions } from '@smithy/core/endpoints';
import { SignatureV4 } from '@smithy/signature-v4';

/** How to ask for the objects of one bucket. */
export interface S3Signer {
  /** Scheme, host and port: `https://my-bucket.s3.sa-east-1.amazonaws.com`. */
  readonly origin: string;
  /** The path of an object, escaped, and all headers of a GET for it. They are credentials: never log them. */
  signGet(key: string): Promise<{ path: string; headers: Record<string, string> }>;
}

/**
 * Signs GET requests for one bucket's objects, for endpoint, region and credentials as the client has them: the SDK
 * finds the endpoint and renews the credentials before they expire, and its own signer signs.
 */
export async function s3Signer(client: S3Client, bucket: string): Promise<S3Signer> {
  const command = { Bucket: bucket, Key: 'any' };
  const { url, properties } = await getEndpointFromInstructions(command, GetObjectCommand, client.config);
  const signer = new SignatureV4({
    service: 's3',
    region: properties?.authSchemes?.[0]?.signingRegion ?? client.config.region,
    credentials: client.config.credentials,
    sha256: Sha256,
    // S3, unlike other services, signs the path as it is sent.
    uriEscapePath: false,
    applyChecksum: false,
  });
  const { protocol, hostname, host, origin } = url;
  const bucketPath = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  return {
    origin,
    async signGet(key) {
      const path = bucketPath + escapeKey(key);
      const headers = { host, 'x-amz-content-sha256': sha256OfNothing };
      const request = { method: 'GET', protocol, hostname, path, query: {}, headers };
      return { path, headers: (await signer.sign(request)).headers };
    },
  };
}

const sha256OfNothing = createHash('sha256').digest('hex');

/** A key as the path of a URL: S3 counts on RFC 3986, which has five more characters escaped than JavaScript. */
function escapeKey(key: string): string {
  const hexadecimal = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replaceAll(/[!'()*]/g, hexadecimal);
}

type Secret = string | ArrayBuffer | ArrayBufferView;

/** SHA-256 in the form that the signer asks for: HMAC when there is a secret. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: Secret) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', hmacKey(secret));
  }

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('each signature makes a new hash');
  }
}

// Node takes 10 µs to make an HMAC whose key is a buffer, and 1.5 µs where it is a key object. The signer keeps a day's
// signing key in one and the same buffer, so a key object for each buffer is soon found again.
const keyObjects = new WeakMap<object, KeyObject>();

function hmacKey(secret: Secret): string | KeyObject {
  if (typeof secret === 'string') return secret;
  let key = keyObjects.get(secret);
  if (!key) {
    key = createSecretKey(bytesOf(secret));
    keyObjects.set(secret, key);
  }
  return key;
}

function bytesOf(bytes: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}
