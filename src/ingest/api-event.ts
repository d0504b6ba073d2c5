import type { APIGatewayProxyEvent } from 'aws-lambda';
import { asInteger, asObject } from '../base/json.ts';
import type { WebhookRequest } from './webhook.ts';

const apiFields = ['httpMethod', 'requestContext', 'headers', 'multiValueHeaders', 'isBase64Encoded'];

/**
 * Whether an event came through an API, so that its sender must prove who it is. One field of an API event is
 * enough: an event that claims to be a bare update as well stays an API event.
 */
export function isApiEvent(event: unknown): event is Partial<APIGatewayProxyEvent> {
  const fields = asObject(event);
  return fields !== undefined && apiFields.some((name) => name in fields);
}

/** Whether an event is an update itself, as a person who tests the function by hand sends it. */
export function isUpdateEvent(event: unknown): boolean {
  return !isApiEvent(event) && asInteger(asObject(event)?.update_id) !== undefined;
}

/** The webhook request within a REST API's proxy event: header names in any case, the body as its bytes. */
export function requestOf(
  event: Partial<APIGatewayProxyEvent>,
): WebhookRequest & { readonly authorization: string | undefined } {
  const header = (name: string) =>
    headerValue(event.headers, name) ?? headerValue(event.multiValueHeaders, name)?.[0];
  return {
    secretToken: header('x-telegram-bot-api-secret-token'),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    contentType: header('content-type'),
    authorization: header('authorization'),
    sourceAddress: event.requestContext?.identity?.sourceIp,
  };
}

/** Whether it came to `/sent`, where bots report what they send. */
export function isSentEvent({ resource, path }: Partial<APIGatewayProxyEvent>): boolean {
  return (resource ?? path) === '/sent';
}

/**
 * Whether the URL that Telegram has says that a bot is behind the lake: `…/webhook?pass-on=1`. The URL says it and not
 * only the function's settings, so that a deploy that forgets the bot cannot silence it: Telegram then gets an error
 * and waits.
 */
export function wantsPassOn({ queryStringParameters }: Partial<APIGatewayProxyEvent>): boolean {
  return queryStringParameters?.['pass-on'] !== undefined;
}

function headerValue<T>(
  headers: Record<string, T | undefined> | null | undefined,
  lowerCaseName: string,
): T | undefined {
  return Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === lowerCaseName)?.[1];
}
