import { expect } from 'chai';
import { UsageError } from '../../../src/base/usage-error.ts';
import { costTable, parseUpdates } from '../../../src/cli/commands/cost.ts';
import {
  alternatives,
  etlMemoryGb,
  howToLower,
  ingestMemoryGb,
  largestScanBytes,
  monthlyCost,
  totalOf,
  usualWorkload,
} from '../../../src/cli/cost/monthly-cost.ts';
import { prices, pricesOf, usdOf } from '../../../src/cli/cost/prices.ts';
import { savedQueries, sqlFolder } from '../../../src/query/query-catalog.ts';
import { readsOf } from '../../../tools/table-reads.ts';
import { resourcesOf, template } from '../../../tools/template.ts';
import { runCli } from '../../support/run-cli.ts';

const million = { ...usualWorkload, updates: 1_000_000 };
const bill = (workload = million): Record<string, number> =>
  Object.fromEntries(monthlyCost(workload).map(({ component, usd }) => [component, usd]));

describe('monthly cost', () => {
  // Worked out by hand from the price table and the assumptions.
  const ofAMillion: Record<string, number> = {
    'S3: a PUT for each update': 5,
    'API Gateway: REST requests': 3.5,
    // 3 builds of a million and 8 HEADs a night; 11 listings of 34 pages a night; 3 PUTs a night.
    'ETL: reads of S3': (3_000_240 * 0.4 + 30 * (11 * 34 + 3) * 5) / 1e6,
    // 600.048 s of reading and 1,440 s of starting, with 1769 MB; a request each hour.
    'ETL: function': ((2_040.048 * 1769) / 1024) * 0.0000166667 + 720 * 0.0000002,
    // 25 ms with 512 MB each.
    'Ingest: function': 0.2 + 12_500 * 0.0000166667,
    'CloudWatch: metrics and alarms': 0.9 + 1,
    'CloudWatch: logs': 0.35,
    'Secrets Manager': 0.4,
    // 12 times a million, of 560 bytes.
    'S3: storage of 12 months': 6.72 * 0.023,
    // 300 queries that read 720 MB, and list 360 days 4 times.
    'Athena: questions': 0.216 * 5 + (300 * 1_440 * 5) / 1e6,
    'Data out: answers to Telegram': 0.3 * 0.09,
    'ETL: Athena for large days': 0,
  };

  for (const [component, usd] of Object.entries(ofAMillion)) {
    it(`of a million updates has ${usd.toFixed(4)} for ${component}`, () => {
      expect(bill()[component]).to.be.closeTo(usd, 1e-9);
    });
  }

  it('has each component once, the largest first, and a way to lower it', () => {
    const lines = monthlyCost(million);
    expect(lines.map(({ component }) => component)).to.have.members(Object.keys(ofAMillion));
    expect(Object.keys(howToLower)).to.have.members(Object.keys(ofAMillion));
    expect(lines.map(({ usd }) => usd)).to.deep.equal(lines.map(({ usd }) => usd).sort((a, b) => b - a));
    expect(totalOf(lines)).to.be.closeTo(16.295, 0.001);
  });

  it('of today by the hour has 23 more builds a day, of half a day on average', () => {
    const hourly = bill({ ...million, freshness: 'hourly' });
    // 14.5 times a million and 31 HEADs a day; 11 listings of 34 pages and 46 of 17; 26 PUTs.
    const reads = 14_500_000 + 30 * 31;
    expect(hourly['ETL: reads of S3']).to.be.closeTo(
      (reads * 0.4 + 30 * (11 * 34 + 46 * 17 + 26) * 5) / 1e6,
      1e-9,
    );
    const seconds = reads / 5_000 + 30 * 24 * 2;
    expect(hourly['ETL: function']).to.be.closeTo(
      ((seconds * 1769) / 1024) * 0.0000166667 + 30 * 24 * 0.0000002,
      1e-9,
    );
    expect(hourly['S3: a PUT for each update']).to.equal(5);
  });

  it('has Athena read what the function cannot: days of a million updates and more', () => {
    expect(bill({ ...million, updates: 29_999_999 })['ETL: Athena for large days']).to.equal(0);
    // Three builds of 30 million updates of 500 bytes.
    expect(bill({ ...million, updates: 30_000_000 })['ETL: Athena for large days']).to.be.closeTo(
      0.045 * 5,
      1e-9,
    );
  });

  it('builds at most the days of the look-back', () => {
    expect(bill({ ...million, lookbackDays: 0 })['ETL: reads of S3']).to.be.closeTo(
      (1_000_030 * 0.4 + 30 * (2 * 34 + 1) * 5) / 1e6,
      1e-9,
    );
  });

  it('of a query has at least 10 MB, and at most what Athena reads before it stops', () => {
    const lists = (300 * 1_440 * 5) / 1e6;
    expect(bill({ ...million, updates: 1 })['Athena: questions']).to.be.closeTo(
      300 * 0.00001 * 5 + lists,
      1e-9,
    );
    const cutOff = 300 * (largestScanBytes / 1e12) * 5 + lists;
    expect(bill({ ...million, updates: 100_000_000 })['Athena: questions']).to.be.closeTo(cutOff, 1e-9);
  });

  it('counts how often the saved queries read the tables', () => {
    const scans = savedQueries(sqlFolder).map(
      ({ sql }) => readsOf(sql, 'telegram') + readsOf(sql, 'telegram_events'),
    );
    const average = scans.reduce((sum, count) => sum + count, 0) / scans.length;
    expect(average, scans.join(' ')).to.be.within(
      usualWorkload.scansPerQuery - 0.5,
      usualWorkload.scansPerQuery + 0.5,
    );
  });

  it('counts the alarms, the memory and the look-back of the template', () => {
    expect(usdOf('alarm', resourcesOf('AWS::CloudWatch::Alarm').length)).to.be.closeTo(1, 1e-9);
    expect(template.Parameters.BytesScannedCutoff.Default).to.equal(String(largestScanBytes));
    const { EtlFunction, IngestFunction } = template.Resources;
    expect(EtlFunction?.Properties.MemorySize).to.equal(etlMemoryGb * 1024);
    expect(IngestFunction?.Properties.MemorySize).to.equal(ingestMemoryGb * 1024);
    expect(template.Parameters.LookbackDays.Default).to.equal(usualWorkload.lookbackDays);
  });
});

describe('alternatives', () => {
  const byName = (updates: number) =>
    Object.fromEntries(alternatives({ ...million, updates }).map(({ name, usd }) => [name, usd]));

  it('are the stack behind an HTTP API, at $2.50 less a million', () => {
    expect(byName(1_000_000)['The same behind an HTTP API']).to.be.closeTo(
      totalOf(monthlyCost(million)) - 2.5,
      1e-9,
    );
  });

  it('are Firehose, which takes each update for 5 KB and needs no ETL', () => {
    const left = Object.entries(bill())
      .filter(([component]) => !/^ETL|PUT/.test(component))
      .reduce((sum, [, usd]) => sum + usd, 0);
    expect(byName(1_000_000)['The same function into Firehose, with conversion to Parquet']).to.be.closeTo(
      left + 5.12 * (0.029 + 0.018) + 5_760 * 0.000005,
      1e-9,
    );
  });

  it('are a server, whose price is the same for few updates and many', () => {
    const server = 720 * (0.0168 + 0.005) + 1.6;
    const lists = 2.16;
    expect(byName(1)['An always-on server (t4g.small)']).to.be.closeTo(server + lists + 0.015, 1e-6);
    expect(byName(1_000_000)['An always-on server (t4g.small)']).to.be.closeTo(
      server + lists + 1.08 + 6.72 * 0.023,
      1e-9,
    );
  });
});

describe('cost table', () => {
  it('has dollars with two decimals for people, and numbers for programs', () => {
    const people = costTable(million, 'table').rows;
    expect(people.find(([part]) => part === 'total')).to.deep.equal(['total', 'This stack', '16.30']);
    const [, , usd] = costTable(million, 'json').rows.find(([part]) => part === 'total') ?? [];
    expect(usd).to.be.closeTo(16.295, 0.001);
  });
});

describe('telegram-lake cost', () => {
  const cost = (...args: string[]) => runCli(['cost', ...args]);

  it('prints the bill, what would lower its three largest lines, and the date of the prices', async () => {
    const { code, stdout, stderr } = await cost('--updates', '1.005M');
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.match(/total +This stack +16\.[23]\d\n/);
    const advice = /How to lower the three largest costs:\n((?:- .+\n)+)/.exec(stdout)?.[1] ?? '';
    expect(advice.trimEnd().split('\n')).to.deep.equal(
      ['S3: a PUT for each update', 'API Gateway: REST requests', 'Athena: questions'].map(
        (component) => `- ${component}: ${howToLower[component as keyof typeof howToLower]}`,
      ),
    );
    expect(stdout).to.contain(`Prices of ${pricesOf.region}, ${pricesOf.asOf}`);
  });

  it('ends with 2 and one line where the number of updates is none', async () => {
    const { code, stdout, stderr } = await cost('--updates', '-1');
    expect([code, stdout]).to.deep.equal([2, '']);
    expect(stderr).to.match(/^telegram-lake: --updates must be a whole number from 1 to 300M[^\n]+\n$/);
  });
});

describe('number of updates', () => {
  for (const [text, updates] of Object.entries({
    1: 1,
    '20k': 20_000,
    '1.5M': 1_500_000,
    '1.005M': 1_005_000,
    '300M': 300_000_000,
  })) {
    it(`is ${updates} by ${text}`, () => {
      expect(parseUpdates(text)).to.equal(updates);
    });
  }

  for (const text of ['0', '-1', '1e99', 'abc', '', ' 5', '1.5', '301M', '0x10', '1,000', 'NaN', '1G']) {
    it(`is refused: ${JSON.stringify(text)}`, () => {
      expect(() => parseUpdates(text)).to.throw(UsageError, '--updates must be a whole number');
    });
  }
});

describe('price table', () => {
  it('is per unit: a million requests, a GB, an hour', () => {
    expect(usdOf('restRequest', 2_000_000)).to.equal(7);
    expect(usdOf('s3Storage', 5e9)).to.be.closeTo(0.115, 1e-12);
    for (const [name, { usd, per }] of Object.entries(prices)) {
      expect(usd, name).to.be.greaterThan(0);
      expect(per, name).to.be.greaterThan(0);
    }
  });
});
