import { UsageError } from '../../base/usage-error.ts';
import { QueryError } from '../../query/query-runner.ts';

/**
 * What an AWS call answers; when it fails, an error that says in one line what was tried, and what a person can do
 * about it.
 *
 * What Athena says of a statement passes as it is. Credentials and endpoint come from where the AWS CLI takes them: the
 * environment, then the profile; the region: `chooseRegion`.
 *
 * @param action - what the call is for, to follow "cannot": `read the stack lake`
 * @throws UsageError when no credentials or no region are set, or AWS does not know the credentials
 */
export async function fromAws<T>(action: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof QueryError) throw error;
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const advice = adviceOn(name, message);
    if (advice) throw new UsageError(`cannot ${action}: ${advice}`, { cause: error });
    throw new Error(`cannot ${action}: ${message || name}`, { cause: error });
  }
}

function adviceOn(name: string, message: string): string | undefined {
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return 'no AWS credentials; run aws configure or aws sso login, or set AWS_PROFILE';
  }
  if (/^Region is missing/.test(message)) {
    return 'no AWS region; set AWS_REGION, or a region in the profile (aws configure)';
  }
  if (/^ExpiredToken/.test(name)) return 'the AWS credentials have expired; log in again';
  if (unknownCredentials.has(name))
    return 'AWS does not know these credentials; see aws sts get-caller-identity';
  return undefined;
}

const unknownCredentials = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'AuthFailure',
]);
