import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { StoreError } from '../object-store.ts';
import type { ObjectVersions } from '../object-versions.ts';

/** The versions of a bucket's objects. In a bucket that keeps none, each object is its own newest version. */
export function s3Versions(client: S3Client, bucket: string): ObjectVersions {
  async function* versionsOf(key: string): AsyncGenerator<{ versionId: string; isNewest: boolean }> {
    let markers: { KeyMarker?: string; VersionIdMarker?: string } = {};
    for (;;) {
      const request = new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, ...markers });
      const page: ListObjectVersionsCommandOutput = await client.send(request);
      for (const { Key, VersionId, IsLatest = false } of page.Versions ?? []) {
        if (Key === key && VersionId) yield { versionId: VersionId, isNewest: IsLatest };
      }
      for (const { Key, VersionId } of page.DeleteMarkers ?? []) {
        if (Key === key && VersionId) yield { versionId: VersionId, isNewest: false };
      }
      const { NextKeyMarker, NextVersionIdMarker } = page;
      // Keys that only begin with this one come after all of its versions.
      if (!page.IsTruncated || NextKeyMarker !== key || !NextVersionIdMarker) return;
      markers = { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker };
    }
  }

  return {
    async deleteVersions(key, { keepNewest }) {
      try {
        const newestFirst = await Array.fromAsync(versionsOf(key));
        for (const { versionId, isNewest } of newestFirst.reverse()) {
          if (isNewest && keepNewest) continue;
          await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
        }
      } catch (error) {
        throw new StoreError('delete versions of', key, error);
      }
    },
  };
}
