import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { S3Client } from '@aws-sdk/client-s3';
import { UsageError } from '../../base/usage-error.ts';
import { s3PathStyle } from '../../lake/settings.ts';
import type { BucketContents } from '../../storage/s3/s3-buckets.ts';
import { fromAws } from './aws-error.ts';
import { findStack } from './stack.ts';

/** A bucket that a stack left when it was deleted. */
export interface Leftover extends BucketContents {
  readonly bucket: string;
}

/** What deleted stacks of one name left in an account. */
export interface Leftovers {
  readonly buckets: readonly Leftover[];
  /** Whether a stack of this name runs now. Its own buckets are none of the leftovers. */
  readonly isDeployed: boolean;
  /** Deletes one of the buckets with all that is in it. */
  delete(bucket: string, onDeleted: (versions: number) => void): Promise<void>;
}

/** The longest name that leaves room for the buckets' own part in the 63 characters that S3 allows. */
const longestName = 45;

/**
 * Looks for the buckets that stacks of this name left. A bucket in use by a stack is never among them.
 *
 * @throws UsageError when no stack can have this name, or AWS knows no credentials or region
 */
export async function leftoversOf(
  name: string,
  clients: { readonly cloudFormation?: CloudFormationClient; readonly s3?: S3Client } = {},
): Promise<Leftovers> {
  if (!isStackName(name)) {
    throw new UsageError(
      `no stack of telegram-lake can be named ${name}: ` +
        `lower-case letters, digits and hyphens, at most ${longestName}, a letter first`,
    );
  }
  const [{ s3Client }, { bucketContents, bucketNames, deleteBucket }] = await Promise.all([
    import('../../storage/s3/s3-store.ts'),
    import('../../storage/s3/s3-buckets.ts'),
  ]);
  const s3 = clients.s3 ?? s3Client({ pathStyle: s3PathStyle() });
  const deployed = await findStack(name, clients.cloudFormation);
  // The template puts the first part of the stack's id into the buckets' names.
  const inUse = deployed?.StackId?.split('/')[2]?.split('-')[0];
  const names = await fromAws(`look for what the stack ${name} left`, bucketNames(s3, `${name}-`));
  const pattern = new RegExp(`^${name}-([0-9a-f]{8})-(raw|enriched|results)$`);
  const left = names.filter((bucket) => {
    const id = pattern.exec(bucket)?.[1];
    return id !== undefined && id !== inUse;
  });
  const buckets: Leftover[] = [];
  for (const bucket of left) {
    buckets.push({
      bucket,
      ...(await fromAws(`look into the bucket ${bucket}`, bucketContents(s3, bucket))),
    });
  }
  return {
    buckets,
    isDeployed: deployed !== undefined,
    delete: (bucket, onDeleted) =>
      fromAws(`delete the bucket ${bucket}`, deleteBucket(s3, bucket, onDeleted)),
  };
}

/** Whether a stack of the template can have this name: S3's and Glue's rules for names bind it. */
export function isStackName(name: string): boolean {
  return name.length <= longestName && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name);
}
