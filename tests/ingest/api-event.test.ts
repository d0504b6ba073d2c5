import { expect } from 'chai';
import { isApiEvent, isUpdateEvent, requestOf } from '../../src/ingest/api-event.ts';

describe('API event', () => {
  it('gives the body as its bytes, from text and from base64', () => {
    expect(requestOf({ body: 'olá', isBase64Encoded: false }).body.toString()).to.equal('olá');
    expect(
      requestOf({ body: Buffer.from([0xff, 0]).toString('base64'), isBase64Encoded: true }).body,
    ).to.deep.equal(Buffer.from([0xff, 0]));
    expect(requestOf({ body: null }).body).to.have.length(0);
  });

  it('gives the secret, whatever the case of the header', () => {
    for (const name of [
      'X-Telegram-Bot-Api-Secret-Token',
      'x-telegram-bot-api-secret-token',
      'X-TELEGRAM-BOT-API-SECRET-TOKEN',
    ]) {
      expect(requestOf({ headers: { Host: 'h', [name]: 's' } }).secretToken, name).to.equal('s');
    }
    expect(
      requestOf({ multiValueHeaders: { 'X-Telegram-Bot-Api-Secret-Token': ['s', 't'] } }).secretToken,
    ).to.equal('s');
    expect(requestOf({ headers: {} }).secretToken).to.equal(undefined);
    expect(requestOf({}).secretToken).to.equal(undefined);
  });

  it('is never taken for a bare update', () => {
    const update = { update_id: 1, message: {} };
    expect([isApiEvent(update), isUpdateEvent(update)]).to.deep.equal([false, true]);
    for (const field of ['httpMethod', 'requestContext', 'headers', 'multiValueHeaders', 'isBase64Encoded']) {
      const claiming = { ...update, [field]: null };
      expect([isApiEvent(claiming), isUpdateEvent(claiming)], field).to.deep.equal([true, false]);
    }
    for (const other of [null, undefined, 'update', [], {}, { update_id: '1' }]) {
      expect([isApiEvent(other), isUpdateEvent(other)]).to.deep.equal([false, false]);
    }
  });
});
