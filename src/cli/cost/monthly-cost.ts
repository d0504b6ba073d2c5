import { defaultAthenaEtlFrom } from '../../etl/settings.ts';
import { usdOf } from './prices.ts';

/** What a group does in a month, and what is asked of its lake. */
export interface Workload {
  /** Updates that Telegram sends in a month of 30 days. */
  readonly updates: number;
  readonly freshness: 'daily' | 'hourly';
  /** Of one update as Telegram sends it. The demo group's have 495 on average. */
  readonly updateBytes: number;
  /** Of one message in an enriched file. The demo group's have 68. */
  readonly rowBytes: number;
  /** Of one update in the logs: the function's three lines, and its metrics. */
  readonly logBytes: number;
  /** How long the ingest function runs for an update: mostly it waits for the PUT. */
  readonly ingestMilliseconds: number;
  /**
   * Nights after a day on which it is built: at first, and again after each of the two nights in which people can still
   * edit.
   */
  readonly builds: number;
  readonly lookbackDays: number;
  /** Updates that the ETL function reads in a second. */
  readonly readPerSecond: number;
  /** Saved queries run in a day, each of which reads the whole lake. */
  readonly queriesPerDay: number;
  /** How often a saved query reads the table, on average: Athena lists each day for each time. */
  readonly scansPerQuery: number;
}

/** What is assumed of a group of which nothing but its updates is known. */
export const usualWorkload: Omit<Workload, 'updates'> = {
  freshness: 'daily',
  updateBytes: 500,
  rowBytes: 60,
  logBytes: 700,
  ingestMilliseconds: 25,
  builds: 3,
  lookbackDays: 7,
  readPerSecond: 5_000,
  queriesPerDay: 10,
  scansPerQuery: 4,
};

/** One line of the bill. */
export interface CostLine {
  readonly component: Component;
  readonly usd: number;
}

export type Component = keyof typeof howToLower;

/** The components of the stack, and what makes each cheaper: what one gives for it is said as well. */
export const howToLower = {
  'S3: a PUT for each update':
    'a queue before the bucket, and several updates in one object: then none has a key of its own, by which a redelivery overwrites itself',
  'API Gateway: REST requests':
    'an HTTP API, at $1.00 instead of $3.50 a million, which has no policy of which networks may call it',
  'ETL: reads of S3':
    'Freshness=daily; LookbackDays=0, by which the edits of later days stay out of the table',
  'ETL: function': 'Freshness=daily; LookbackDays=0, by which the edits of later days stay out of the table',
  'ETL: Athena for large days': 'a higher AthenaEtlFrom, as far as the function keeps within its 15 minutes',
  'Ingest: function': 'less memory (MemorySize), by which the first call after a pause takes longer',
  'CloudWatch: logs': 'shorter lines of the function, whose metrics are most of it',
  'CloudWatch: metrics and alarms': 'fewer alarms; CloudWatch has ten of each free of charge',
  'Athena: questions': 'a filter by context_date in each, so that it lists and reads fewer days',
  'S3: storage of 12 months': 'older raw days in one compressed object each',
  'Secrets Manager': 'the secret as a parameter of the stack, which then shows in its template',
  'Data out: answers to Telegram': 'nothing: an answer is empty but for its headers',
} as const;

const daysInMonth = 30;
const gigabyte = 1_000_000_000;
/** What the template gives the functions. */
export const etlMemoryGb = 1769 / 1024;
export const ingestMemoryGb = 512 / 1024;
// Node's start and the SDK's, before the first day is looked at.
const runStartSeconds = 2;
const answerBytes = 300;
const ownMetrics = 3;
const alarms = 10;
const storedMonths = 12;
const smallestScanBytes = 10_000_000;
/** The template's BytesScannedCutoff: what would read more is stopped. */
export const largestScanBytes = 10_737_418_240;

/** The bill of one month by component, the largest first: US dollars, without free tiers. */
export function monthlyCost(workload: Workload): CostLine[] {
  const { updates, updateBytes, rowBytes, logBytes } = workload;
  const etl = etlWork(workload);
  const lines: Record<Component, number> = {
    'API Gateway: REST requests': usdOf('restRequest', updates),
    'Data out: answers to Telegram': usdOf('dataOut', updates * answerBytes),
    'Ingest: function': ingestFunction(workload),
    'S3: a PUT for each update': usdOf('s3Put', updates),
    'S3: storage of 12 months': usdOf('s3Storage', updates * storedMonths * (updateBytes + rowBytes)),
    'ETL: reads of S3': usdOf('s3Get', etl.reads) + usdOf('s3Put', etl.lists + etl.puts),
    'ETL: function':
      usdOf('lambdaTime', (etl.reads / workload.readPerSecond + etl.runs * runStartSeconds) * etlMemoryGb) +
      usdOf('lambdaRequest', etl.runs),
    'ETL: Athena for large days': usdOf('athenaScan', etl.readByAthena * updateBytes),
    'Athena: questions': questions(workload),
    'CloudWatch: logs': usdOf('logs', updates * logBytes),
    'CloudWatch: metrics and alarms': usdOf('metric', ownMetrics) + usdOf('alarm', alarms),
    'Secrets Manager': usdOf('secret', 1),
  };
  return Object.entries(lines)
    .map(([component, usd]) => ({ component: component as Component, usd }))
    .sort((a, b) => b.usd - a.usd);
}

/** Another way to the same tables, with its bill and what it lacks. */
export interface Alternative {
  readonly name: string;
  readonly usd: number;
  readonly lacks: string;
}

/** What the same month costs otherwise. */
export function alternatives(workload: Workload): Alternative[] {
  const { updates, updateBytes, rowBytes } = workload;
  const lines = monthlyCost(workload);
  const total = totalOf(lines);
  const without = (...components: Component[]) =>
    total - totalOf(lines.filter(({ component }) => components.includes(component)));
  const stored = usdOf('s3Storage', updates * storedMonths * (updateBytes + rowBytes));
  const firehoseBytes = updates * Math.ceil(updateBytes / 5_120) * 5_120;
  const hours = daysInMonth * 24;
  return [
    {
      name: 'The same behind an HTTP API',
      usd: without('API Gateway: REST requests') + usdOf('httpRequest', updates),
      lacks: 'a policy of which networks may call it',
    },
    {
      name: 'The same function into Firehose, with conversion to Parquet',
      usd:
        without(
          'S3: a PUT for each update',
          'ETL: reads of S3',
          'ETL: function',
          'ETL: Athena for large days',
        ) +
        usdOf('firehose', firehoseBytes) +
        usdOf('firehoseParquet', firehoseBytes) +
        // An object each quarter of an hour, of the rows and of the records as they came.
        usdOf('s3Put', 2 * daysInMonth * 96),
      lacks: 'one row for each message: redeliveries and edits stay as rows; days are those of arrival',
    },
    {
      name: 'An always-on server (t4g.small)',
      usd:
        usdOf('serverHour', hours) +
        usdOf('addressHour', hours) +
        usdOf('disk', 20 * gigabyte) +
        stored +
        questions(workload),
      lacks: "a second machine, backups, updates of its system: those are its owner's",
    },
  ];
}

export function totalOf(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}

function ingestFunction({ updates, ingestMilliseconds }: Workload): number {
  const gbSeconds = (updates * ingestMilliseconds * ingestMemoryGb) / 1000;
  return usdOf('lambdaRequest', updates) + usdOf('lambdaTime', gbSeconds);
}

/**
 * Each saved query lists every day of all stored months for each time it reads the table. Of the rows it reads the
 * columns it needs, about as much as each row once.
 */
function questions({ updates, rowBytes, queriesPerDay, scansPerQuery }: Workload): number {
  const stored = updates * storedMonths * rowBytes;
  const scanned = Math.min(largestScanBytes, Math.max(smallestScanBytes, stored));
  const queries = queriesPerDay * daysInMonth;
  const lists = scansPerQuery * storedMonths * daysInMonth;
  return usdOf('athenaScan', queries * scanned) + usdOf('s3Put', queries * lists);
}

interface EtlWork {
  readonly runs: number;
  /** Objects read, HEAD requests included. */
  readonly reads: number;
  readonly readByAthena: number;
  readonly lists: number;
  readonly puts: number;
}

/**
 * What the ETL does in a month. Each build lists its day twice, to see that it changed and to read it; each other day
 * of the look-back is listed once. By the hour, today is built 23 times while it grows: half of it on average.
 */
function etlWork({ updates, freshness, builds, lookbackDays }: Workload): EtlWork {
  const ofDay = updates / daysInMonth;
  const nightly = Math.min(builds, lookbackDays + 1);
  const hourly = freshness === 'hourly' ? 23 : 0;
  const listsOf = (objects: number) => Math.max(1, Math.ceil(objects / 1_000));
  const read = (nightly + hourly / 2) * ofDay;
  const looks = lookbackDays + 1 + hourly;
  const listed =
    (2 * nightly + (lookbackDays + 1 - nightly)) * listsOf(ofDay) + hourly * 2 * listsOf(ofDay / 2);
  return {
    // The rule runs every hour; in most hours the function has nothing to do.
    runs: daysInMonth * 24,
    reads: daysInMonth * (read + looks),
    readByAthena: ofDay >= defaultAthenaEtlFrom ? daysInMonth * read : 0,
    lists: daysInMonth * listed,
    puts: daysInMonth * (nightly + hourly),
  };
}
