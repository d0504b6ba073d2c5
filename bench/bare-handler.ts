import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { s3Client } from '../src/storage/s3/s3-store.ts';

const client = s3Client({ pathStyle: true, timeoutMilliseconds: 6_000 });
let updates = 0;

/** The limit of the ingest function: the same client's PUT of the body, and nothing else. */
export async function handler({ body }: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  await client.send(
    new PutObjectCommand({
      Bucket: process.env.AWS_S3_BUCKET,
      Key: `bare/${++updates}.json`,
      Body: Buffer.from(body ?? ''),
      ContentType: 'application/json',
    }),
  );
  return { statusCode: 200, headers: {}, body: '' };
}
