/** What one unit costs, in US dollars. */
export interface Price {
  readonly usd: number;
  /** Units that the price is for: a million requests, one GB. */
  readonly per: number;
  readonly unit: string;
  readonly of: string;
}

/**
 * AWS's prices on demand, without free tiers, in the first tier of each (which ends at 300 million requests a month
 * for an API). They are second-hand: from guides and price comparisons, not read from AWS's own price list. Anybody who
 * decides by them looks them up: https://calculator.aws
 */
export const pricesOf = { region: 'us-east-1 (N. Virginia)', asOf: '2026-11' } as const;

const million = 1_000_000;
const gigabyte = 1_000_000_000;

export const prices = {
  restRequest: { usd: 3.5, per: million, unit: 'million requests', of: 'API Gateway, REST API' },
  httpRequest: { usd: 1, per: million, unit: 'million requests', of: 'API Gateway, HTTP API' },
  dataOut: { usd: 0.09, per: gigabyte, unit: 'GB', of: 'Data out to the internet' },
  lambdaRequest: { usd: 0.2, per: million, unit: 'million requests', of: 'Lambda, requests' },
  lambdaTime: { usd: 16.6667, per: million, unit: 'million GB-seconds', of: 'Lambda, duration' },
  s3Put: { usd: 5, per: million, unit: 'million requests', of: 'S3, PUT and LIST' },
  s3Get: { usd: 0.4, per: million, unit: 'million requests', of: 'S3, GET and HEAD' },
  s3Storage: { usd: 0.023, per: gigabyte, unit: 'GB and month', of: 'S3, storage' },
  athenaScan: {
    usd: 5,
    per: 1000 * gigabyte,
    unit: 'TB',
    of: 'Athena, data scanned (10 MB a query at least)',
  },
  logs: { usd: 0.5, per: gigabyte, unit: 'GB', of: 'CloudWatch, logs taken in' },
  metric: { usd: 0.3, per: 1, unit: 'metric and month', of: 'CloudWatch, own metrics' },
  alarm: { usd: 0.1, per: 1, unit: 'alarm and month', of: 'CloudWatch, alarms' },
  secret: { usd: 0.4, per: 1, unit: 'secret and month', of: 'Secrets Manager' },
  firehose: {
    usd: 0.029,
    per: gigabyte,
    unit: 'GB',
    of: 'Firehose, taken in (each record rounded up to 5 KB)',
  },
  firehoseParquet: { usd: 0.018, per: gigabyte, unit: 'GB', of: 'Firehose, conversion to Parquet' },
  serverHour: { usd: 0.0168, per: 1, unit: 'hour', of: 'EC2, t4g.small' },
  addressHour: { usd: 0.005, per: 1, unit: 'hour', of: 'EC2, public IPv4 address' },
  disk: { usd: 0.08, per: gigabyte, unit: 'GB and month', of: 'EBS, gp3' },
} as const satisfies Readonly<Record<string, Price>>;

/** What a number of units costs, in US dollars. */
export function usdOf(price: keyof typeof prices, units: number): number {
  const { usd, per } = prices[price];
  return (units / per) * usd;
}
