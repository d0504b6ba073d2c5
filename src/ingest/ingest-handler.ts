import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import { s3Client, s3Store } from '../storage/s3/s3-store.ts';
import { isApiEvent, isSentEvent, isUpdateEvent, requestOf, wantsPassOn } from './api-event.ts';
import type { PassedOn } from './pass-on.ts';
import { createSentIntake, type SentOutcome, sentResponse } from './sent.ts';
import { ingestSettings } from './settings.ts';
import { botBehind, takeRequest } from './take-request.ts';
import { createWebhook, type WebhookOutcome, webhookResponse } from './webhook.ts';

const { rawBucket, pathStyle, botWebhook, ...settings } = ingestSettings();
// An S3 that hangs must end as our 503 within the function's 25 seconds, not as the API's own error.
const client = s3Client({ pathStyle, timeoutMilliseconds: 6_000 });
const intake = {
  ...settings,
  store: s3Store(client, rawBucket),
  now: () => Math.floor(Date.now() / 1000),
};
const webhook = createWebhook(intake);
const sent = createSentIntake(intake);
const bot = botBehind(botWebhook);
const logger = new Logger();
const metrics = new Metrics();

/** For the log and the answer itself, once the bot has answered or its time is over. */
const reservedMilliseconds = 1_000;

/**
 * The ingest function: takes an API Gateway event of the webhook, or (for a test by hand) an update as it is, which
 * no bot gets.
 *
 * @throws TypeError for any other event
 */
export async function handler(
  event: unknown,
  context?: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<APIGatewayProxyResult> {
  if (isApiEvent(event) && isSentEvent(event)) {
    const outcome = await sent.receive(requestOf(event));
    reportSent(outcome);
    metrics.publishStoredMetrics();
    return { ...sentResponse(outcome), headers: { 'Content-Type': 'application/json' } };
  }
  if (isApiEvent(event)) {
    const milliseconds = context && (() => context.getRemainingTimeInMillis() - reservedMilliseconds);
    const options = { bot: wantsPassOn(event) ? bot : undefined, noteReply: sent.receiveReply, milliseconds };
    const { outcome, passedOn, noted, answer } = await takeRequest(webhook, requestOf(event), options);
    report(outcome, passedOn, noted);
    return resultOf(answer);
  }
  if (isUpdateEvent(event)) {
    const outcome = await webhook.receiveTrusted(Buffer.from(JSON.stringify(event)));
    report(outcome);
    return { ...webhookResponse(outcome), body: '' };
  }
  throw new TypeError('the event is neither an API Gateway proxy event nor an update of Telegram');
}

/** A bot's reply may hold a file, which is no text. */
function resultOf({ body, statusCode, headers }: Awaited<ReturnType<typeof takeRequest>>['answer']) {
  if (body.length === 0) return { statusCode, headers: { ...headers }, body: '' };
  const base64 = Buffer.from(body).toString('base64');
  return { statusCode, headers: { ...headers }, body: base64, isBase64Encoded: true };
}

const count = (name: string) => metrics.addMetric(name, MetricUnit.Count, 1);

function report(outcome: WebhookOutcome, passedOn?: PassedOn, noted?: SentOutcome): void {
  reportOutcome(outcome);
  if (passedOn) reportPassedOn(passedOn);
  if (noted) reportSent(noted);
  metrics.publishStoredMetrics();
}

function reportPassedOn(passedOn: PassedOn): void {
  const isTaken = passedOn.outcome === 'answered' && passedOn.statusCode >= 200 && passedOn.statusCode < 300;
  count(isTaken ? 'UpdatesPassedOn' : 'BotFailures');
  if (passedOn.outcome === 'no answer') {
    logger.error('The bot behind the lake did not take an update; Telegram will send it again', {
      reason: passedOn.reason,
    });
  } else if (!isTaken) {
    logger.error('The bot behind the lake refused an update; Telegram will send it again', {
      status: passedOn.statusCode,
    });
  } else if (passedOn.isReplyLeftOut) {
    logger.error('The bot behind the lake took an update, but its reply is longer than 4 MiB and lost');
  }
}

function reportSent(outcome: SentOutcome): void {
  const add = (name: string, count: number) => count > 0 && metrics.addMetric(name, MetricUnit.Count, count);
  switch (outcome.outcome) {
    case 'stored':
      add('SentStored', outcome.keys.length);
      add('SentIgnored', outcome.ignored);
      break;
    case 'refused':
      add('SentRefused', 1);
      logger.warn('Refused a report of a sent message', { reason: outcome.problem ?? outcome.reason });
      break;
    case 'failed':
      add('StoreFailures', 1);
      logger.error('Could not store a sent message', { reason: outcome.error.message });
  }
}

function reportOutcome(outcome: WebhookOutcome): void {
  switch (outcome.outcome) {
    case 'stored':
      count('UpdatesStored');
      if (outcome.ageSeconds !== undefined) {
        metrics.addMetric('MessageAge', MetricUnit.Seconds, outcome.ageSeconds);
      }
      if (outcome.migration) {
        count('MigrationsSeen');
        logger.warn('The group has a new chat id; add it to TELEGRAM_CHAT_ID', { ...outcome.migration });
      }
      break;
    case 'ignored':
      count('UpdatesIgnored');
      if (outcome.isLakeEmpty) {
        count('OnlyOtherChats');
        logger.warn(
          'Updates come from a chat that TELEGRAM_CHAT_ID does not name, and none from one that it names',
          {
            chatId: outcome.chatId,
          },
        );
      }
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
}
