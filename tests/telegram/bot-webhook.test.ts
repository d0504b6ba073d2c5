import { expect } from 'chai';
import { SettingsError } from '../../src/base/settings-error.ts';
import { asksForKind, parseBotWebhook } from '../../src/telegram/bot-webhook.ts';

describe('webhook of a bot', () => {
  it('is read with all that setWebhook would need to set it again', () => {
    const webhook = {
      url: 'https://example.org/bot?x=1',
      secret_token: 'of-the-bot',
      allowed_updates: ['message', 'callback_query'],
      max_connections: 7,
      bot_id: 7654321098,
    };
    expect(parseBotWebhook(JSON.stringify(webhook), 'X')).to.deep.equal(webhook);
    const bare = { url: 'https://example.org/', secret_token: '', allowed_updates: [] };
    expect(parseBotWebhook(JSON.stringify(bare), 'X')).to.deep.equal({ url: 'https://example.org/' });
  });

  const wrong = [
    'https://example.org/',
    '{}',
    '{"url":"http://example.org/s3cr3t"}',
    '{"url":"http://127.0.0.1:80/s3cr3t"}',
    '{"url":"http://169.254.169.254/s3cr3t"}',
    '{"url":"file:///s3cr3t"}',
    '{"url":"https://example.org/","secret_token":"s3cr3t\\r\\nX: y"}',
  ];
  for (const text of wrong) {
    it(`is refused without a word of it: ${text.slice(0, 40)}`, () => {
      expect(() => parseBotWebhook(text, 'BOT')).to.throw(SettingsError, /^BOT must (?!.*s3cr3t)/);
    });
  }

  it('may be on this machine where that is allowed, and nowhere else without TLS', () => {
    for (const host of ['127.0.0.1:3000', 'localhost', '[::1]:3000']) {
      expect(parseBotWebhook(`{"url":"http://${host}/"}`, 'X', true).url).to.equal(`http://${host}/`);
    }
    for (const host of [
      'example.org',
      '127.0.0.1.example.org',
      'localhost.example.org',
      '10.0.0.1',
      '0.0.0.0',
    ]) {
      expect(() => parseBotWebhook(`{"url":"http://${host}/"}`, 'X', true), host).to.throw(SettingsError);
    }
  });

  it('asks by default for all kinds but the three that Telegram keeps back, and else for those it names', () => {
    const url = 'https://example.org/';
    for (const kind of ['message', 'callback_query', 'hologram'])
      expect(asksForKind({ url }, kind), kind).to.equal(true);
    for (const kind of ['message_reaction', 'message_reaction_count', 'chat_member'])
      expect(asksForKind({ url }, kind), kind).to.equal(false);
    const allowed_updates = ['chat_member'];
    expect(asksForKind({ url, allowed_updates }, 'chat_member')).to.equal(true);
    expect(asksForKind({ url, allowed_updates }, 'message')).to.equal(false);
  });
});
