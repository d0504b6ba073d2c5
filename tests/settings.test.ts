import { expect } from 'chai';
import { SettingsError } from '../src/base/settings-error.ts';
import { localSecretToken } from '../src/cli/settings.ts';
import { etlSettings } from '../src/etl/settings.ts';
import { ingestSettings } from '../src/ingest/settings.ts';
import type { Environment } from '../src/lake/settings.ts';

const complete: Environment = {
  AWS_S3_BUCKET: 'group-raw',
  AWS_S3_ENRICHED: 'group-enriched',
  TELEGRAM_CHAT_ID: '-1001234567890',
  TELEGRAM_SECRET_TOKEN: 'Zm9v_bar-1',
};

describe('settings of the ingest function', () => {
  it('come from the environment, with the group zone of the course by default', () => {
    expect(ingestSettings(complete)).to.deep.equal({
      rawBucket: 'group-raw',
      chatIds: new Set([-1001234567890]),
      secretToken: 'Zm9v_bar-1',
      timeZone: 'America/Sao_Paulo',
      pathStyle: false,
    });
  });

  it('take several chats, separated by commas', () => {
    const { chatIds } = ingestSettings({ ...complete, TELEGRAM_CHAT_ID: ' -1001, -42 ,7' });
    expect([...chatIds]).to.deep.equal([-1001, -42, 7]);
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
      const error = errorOf(() => ingestSettings({ ...complete, [variable]: value }));
      expect(error).to.be.instanceOf(SettingsError);
      expect(error).to.have.property('variable', variable);
      if (value?.trim() && value.length > 2) expect(String(error)).to.not.contain(value);
    });
  }
});

describe('settings of the ETL function', () => {
  it('come from the environment, with a week of look-back by default', () => {
    expect(etlSettings(complete)).to.deep.equal({
      rawBucket: 'group-raw',
      enrichedBucket: 'group-enriched',
      timeZone: 'America/Sao_Paulo',
      lookbackDays: 7,
      includeToday: false,
      athena: undefined,
      pathStyle: false,
    });
    expect(etlSettings({ ...complete, LOOKBACK_DAYS: '0' }).lookbackDays).to.equal(0);
    expect(etlSettings({ ...complete, FRESHNESS: 'hourly' }).includeToday).to.equal(true);
  });

  it('hand large days to Athena where there is a work group for it', () => {
    const athena = { ATHENA_WORK_GROUP: 'group-etl', ATHENA_DATABASE: 'group' };
    expect(etlSettings({ ...complete, ...athena }).athena).to.deep.equal({
      workGroup: 'group-etl',
      database: 'group',
      fromObjects: 1_000_000,
    });
    expect(etlSettings({ ...complete, ...athena, ATHENA_ETL_FROM: '7' }).athena?.fromObjects).to.equal(7);
    const error = errorOf(() => etlSettings({ ...complete, ATHENA_WORK_GROUP: 'group-etl' }));
    expect(error).to.be.instanceOf(SettingsError).with.property('variable', 'ATHENA_DATABASE');
  });

  for (const [variable, value] of [
    ['AWS_S3_ENRICHED', undefined],
    ['LOOKBACK_DAYS', '-1'],
    ['LOOKBACK_DAYS', '1.5'],
    ['LOOKBACK_DAYS', '367'],
    ['LOOKBACK_DAYS', 'week'],
    ['FRESHNESS', 'weekly'],
    ['ATHENA_ETL_FROM', '0'],
    ['ATHENA_ETL_FROM', 'all'],
  ] as const) {
    it(`name ${variable} when it is ${value ?? 'missing'}`, () => {
      const error = errorOf(() => etlSettings({ ...complete, [variable]: value }));
      expect(error).to.be.instanceOf(SettingsError).with.property('variable', variable);
    });
  }
});

describe('secret of the local endpoint', () => {
  it('is "local" unless the environment sets one', () => {
    expect(localSecretToken({})).to.equal('local');
    expect(localSecretToken({ TELEGRAM_SECRET_TOKEN: 'own' })).to.equal('own');
  });
});

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
