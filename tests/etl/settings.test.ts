import { expect } from 'chai';
import { SettingsError } from '../../src/base/settings-error.ts';
import { etlSettings } from '../../src/etl/settings.ts';
import type { Environment } from '../../src/lake/settings.ts';
import { thrownBy } from '../support/rejection.ts';

const complete: Environment = { AWS_S3_BUCKET: 'group-raw', AWS_S3_ENRICHED: 'group-enriched' };

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
    const error = thrownBy(() => etlSettings({ ...complete, ATHENA_WORK_GROUP: 'group-etl' }));
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
      const error = thrownBy(() => etlSettings({ ...complete, [variable]: value }));
      expect(error).to.be.instanceOf(SettingsError).with.property('variable', variable);
    });
  }
});
