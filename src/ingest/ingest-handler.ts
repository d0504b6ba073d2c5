import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { s3Client, s3Store } from '../storage/s3/s3-store.ts';
import { isApiEvent, isUpdateEvent, requestOf } from './api-event.ts';
import { ingestSettings } from './settings.ts';
import { createWebhook, type WebhookOutcome, webhookResponse } from './webhook.ts';

const { rawBucket, pathStyle, ...settings } = ingestSettings();
// An S3 that hangs must end as our 503 within the function's 25 seconds, not as the API's own error.
const client = s3Client({ pathStyle, timeoutMilliseconds: 6_000 });
const webhook = createWebhook({
  ...settings,
  store: s3Store(client, rawBucket),
  now: () => Math.floor(Date.now() / 1000),
});
const logger = new Logger();
const metrics = new Metrics();

/**
 * The ingest function: takes an API Gateway event of the webhook, or (for a test by hand) an update as it is.
 *
 * @throws TypeError for any other event
 */
export async function handler(event: unknown): Promise<APIGatewayProxyResult> {
  const outcome = await receive(event);
  report(outcome);
  return { ...webhookResponse(outcome), body: '' };
}

async function receive(event: unknown): Promise<WebhookOutcome> {
  if (isApiEvent(event)) return webhook.receive(requestOf(event));
  if (isUpdateEvent(event)) return webhook.receiveTrusted(Buffer.from(JSON.stringify(event)));
  throw new TypeError('the event is neither an API Gateway proxy event nor an update of Telegram');
}

function report(outcome: WebhookOutcome): void {
  const count = (name: string) => metrics.addMetric(name, MetricUnit.Count, 1);
  switch (outcome.outcome) {
    case 'stored':
      count('UpdatesStored');
      if (outcome.migration) {
        count('MigrationsSeen');
        logger.warn('The group has a new chat id; add it to TELEGRAM_CHAT_ID', { ...outcome.migration });
      }
      break;
    case 'ignored':
      count('UpdatesIgnored');
      break;
    case 'quarantined':
      count('UpdatesQuarantined');
      logger.warn('Quarantined a body that is no update', { key: outcome.key, reason: outcome.reason });
      break;
    case 'refused':
      count('UpdatesRefused');
      logger.warn('Refused a request', { reason: outcome.reason });
      break;
    case 'failed':
      count('StoreFailures');
      logger.error('Could not store an update; Telegram will send it again', {
        reason: outcome.error.message,
      });
  }
  metrics.publishStoredMetrics();
}
