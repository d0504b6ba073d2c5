import { expect } from 'chai';
import { SettingsError } from '../../src/base/settings-error.ts';
import { ingestSettings } from '../../src/ingest/settings.ts';
import type { Environment } from '../../src/lake/settings.ts';
import { thrownBy } from '../support/rejection.ts';

const complete: Environment = {
  AWS_S3_BUCKET: 'group-raw',
  TELEGRAM_CHAT_ID: '-1001234567890',
  TELEGRAM_SECRET_TOKEN: 'Zm9v_bar-1',
};

describe('settings of the ingest function', () => {
  it('come from the environment, with the group zone of the course by default', () => {
    expect(ingestSettings(complete)).to.deep.equal({
      rawBucket: 'group-raw',
      chats: new Set([-1001234567890]),
      secretToken: 'Zm9v_bar-1',
      timeZone: 'America/Sao_Paulo',
      pathStyle: false,
      botWebhook: undefined,
    });
  });

  it('know a bot behind the lake; on this machine only with an S3 server of its own', () => {
    const variables = (url: string) => ({ ...complete, TELEGRAM_BOT_BEHIND: JSON.stringify({ url }) });
    expect(ingestSettings(variables('https://example.org/')).botWebhook).to.deep.equal({
      url: 'https://example.org/',
    });
    const local = variables('http://127.0.0.1:3000/');
    expect(() => ingestSettings(local)).to.throw(SettingsError, 'TELEGRAM_BOT_BEHIND');
    expect(
      ingestSettings({ ...local, AWS_ENDPOINT_URL_S3: 'http://localhost:7070' }).botWebhook?.url,
    ).to.equal('http://127.0.0.1:3000/');
  });

  it('take several chats, separated by commas', () => {
    const { chats } = ingestSettings({ ...complete, TELEGRAM_CHAT_ID: ' -1001, -42 ,7' });
    expect([...chats]).to.deep.equal([-1001, -42, 7]);
  });

  it('address buckets by path where another endpoint stands in for S3', () => {
    expect(ingestSettings({ ...complete, AWS_ENDPOINT_URL_S3: 'http://localhost:7070' }).pathStyle).to.equal(
      true,
    );
    expect(ingestSettings({ ...complete, AWS_ENDPOINT_URL_S3: '' }).pathStyle).to.equal(false);
  });

  const wrong: [variable: string, value: string | undefined][] = [
    ['AWS_S3_BUCKET', undefined],
    ['AWS_S3_BUCKET', '  '],
    ['TELEGRAM_CHAT_ID', undefined],
    ['TELEGRAM_CHAT_ID', '@group'],
    ['TELEGRAM_CHAT_ID', '-1001,'],
    ['TELEGRAM_CHAT_ID', '0'],
    ['TELEGRAM_CHAT_ID', '1e3'],
    ['TELEGRAM_CHAT_ID', '-9007199254740993'],
    ['TELEGRAM_SECRET_TOKEN', undefined],
    ['TELEGRAM_SECRET_TOKEN', ''],
    ['TELEGRAM_SECRET_TOKEN', 'pass phrase'],
    ['TELEGRAM_SECRET_TOKEN', 'a'.repeat(257)],
    ['TIME_ZONE', 'Brasilia'],
    ['TIME_ZONE', '-03:00'],
  ];
  for (const [variable, value] of wrong) {
    it(`name ${variable} when it is ${JSON.stringify(value)?.slice(0, 30) ?? 'missing'}, and never tell its value`, () => {
      const error = thrownBy(() => ingestSettings({ ...complete, [variable]: value }));
      expect(error).to.be.instanceOf(SettingsError);
      expect(error).to.have.property('variable', variable);
      if (value?.trim() && value.length > 2) expect(String(error)).to.not.contain(value);
    });
  }
});
