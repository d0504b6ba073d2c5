import { createHash, createHmac } from 'node:crypto';

/** A request as a server receives it. Header names are lower case. */
export interface SignedRequest {
  readonly method: string;
  /** As sent: escaped, without a query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The signature that S3 would compute for a request, from what its `Authorization` header names: to compare with the
 * one that the header holds.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function expectedSignature({ method, path, headers }: SignedRequest, secretAccessKey: string): string {
  const [, scope = '', signedHeaders = ''] =
    /Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? [];
  const lines = signedHeaders.split(';').map((name) => `${name}:${headers[name]?.trim()}`);
  const hash = headers['x-amz-content-sha256'];
  const canonicalRequest = [method, path, '', ...lines, '', signedHeaders, hash].join('\n');
  const digest = createHash('sha256').update(canonicalRequest).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, digest].join('\n');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  return hmac(scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`), toSign).toString(
    'hex',
  );
}

/** The signature that a request carries. */
export function signatureOf({ headers }: SignedRequest): string | undefined {
  return /Signature=([0-9a-f]+)$/.exec(headers.authorization ?? '')?.[1];
}
