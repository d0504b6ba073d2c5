import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import sinon from 'sinon';
import { resourcesOf, substitute, type TemplateValue, template } from '../../tools/template.ts';
import { capturedOutput } from '../support/captured-output.ts';
import { type AlarmDefinition, type AlarmState, CloudWatchModel } from '../support/cloudwatch.ts';
import { withEnvironment } from '../support/environment.ts';
import { sampleEvent } from '../support/sample-event.ts';

const stack = 'lake';
const environment = {
  AWS_REGION: 'sa-east-1',
  AWS_S3_BUCKET: 'raw',
  AWS_S3_ENRICHED: 'enriched',
  TELEGRAM_CHAT_ID: '-1001234567890,-4012345678',
  TELEGRAM_SECRET_TOKEN: 'local',
  POWERTOOLS_METRICS_NAMESPACE: `TelegramLake/${stack}`,
};
const [minute, hour] = [60, 3_600];

// A Monday, so that nothing begins at zero.
const start = Date.parse('2026-11-23T00:00:00Z') / 1000;

describe('alarms over what the functions count', () => {
  type Handler = (event: unknown, context?: unknown) => Promise<unknown>;
  let ingest: Handler;
  let etl: Handler;
  let cloudWatch: CloudWatchModel;
  /** Whether the raw bucket has an object, and whether it takes one. */
  let bucket: { isEmpty: boolean; works: boolean };

  before(async () => {
    // Modules of their own: others in this process have other settings.
    const load = (service: string, file: string) =>
      withEnvironment(
        { ...environment, POWERTOOLS_SERVICE_NAME: service },
        () => import(`../../src/${file}?alarms`),
      );
    ingest = (await load('ingest', 'ingest/ingest-handler.ts')).handler;
    etl = (await load('etl', 'etl/etl-handler.ts')).handler;
  });

  beforeEach(() => {
    cloudWatch = new CloudWatchModel();
    bucket = { isEmpty: false, works: true };
    sinon.stub(S3Client.prototype, 'send').callsFake(async (command: unknown) => {
      if (command instanceof PutObjectCommand && bucket.works) return {};
      if (command instanceof ListObjectsV2Command) {
        return bucket.isEmpty ? {} : { CommonPrefixes: [{ Prefix: 'telegram/context_date=2026-11-22/' }] };
      }
      if (!bucket.works)
        throw Object.assign(new Error('Please reduce your request rate.'), { name: 'SlowDown' });
      throw Object.assign(new Error('no such key'), {
        name: 'NoSuchKey',
        $metadata: { httpStatusCode: 404 },
      });
    });
  });
  afterEach(() => sinon.restore());

  const api = { ApiName: `${stack}-api`, Stage: 'dev' };

  function countAtApi(status: number, atSeconds: number): void {
    cloudWatch.put('AWS/ApiGateway', 'Count', api, atSeconds, 1);
    cloudWatch.put('AWS/ApiGateway', '4XXError', api, atSeconds, status >= 400 && status < 500 ? 1 : 0);
    cloudWatch.put('AWS/ApiGateway', '5XXError', api, atSeconds, status >= 500 ? 1 : 0);
  }

  /** Telegram's request, through the API to the function. */
  async function post(sample: string, atSeconds: number): Promise<void> {
    const variables = { ...environment, POWERTOOLS_SERVICE_NAME: 'ingest' };
    const { result, output } = await capturedOutput(() =>
      withEnvironment(variables, () => ingest(sampleEvent(sample))),
    );
    cloudWatch.takeLog(output, atSeconds);
    countAtApi((result as { statusCode: number }).statusCode, atSeconds);
  }

  async function runEtl(event: unknown, atSeconds: number): Promise<void> {
    const variables = { ...environment, POWERTOOLS_SERVICE_NAME: 'etl' };
    const context = { awsRequestId: 'a', getRemainingTimeInMillis: () => 900_000 };
    const { result, output } = await capturedOutput(() =>
      withEnvironment(variables, () => etl(event, context).catch((error: unknown) => error)),
    );
    cloudWatch.takeLog(output, atSeconds);
    const dimensions = { FunctionName: `${stack}-etl` };
    cloudWatch.put('AWS/Lambda', 'Invocations', dimensions, atSeconds, 1);
    cloudWatch.put('AWS/Lambda', 'Errors', dimensions, atSeconds, result instanceof Error ? 1 : 0);
  }

  /** Whatever the hour, the ETL runs: its alarm is none of the webhook's cases. */
  async function everyHour(fromSeconds: number, toSeconds: number): Promise<void> {
    for (let at = fromSeconds; at < toSeconds; at += hour) {
      await runEtl({ ...sampleEvent('etl-schedule'), time: '2026-11-23T12:05:00Z' }, at + 5 * minute);
    }
  }

  /** When each alarm that rang did so, and when it ended, in minutes after the start. */
  function rang(toSeconds: number): Record<string, (readonly [AlarmState, number])[]> {
    const all: Record<string, (readonly [AlarmState, number])[]> = {};
    for (const [name, alarm] of definitions()) {
      const history = cloudWatch.history(alarm, start, toSeconds);
      if (history.some(([state]) => state === 'ALARM')) {
        all[name] = history.map(([state, at]) => [state, (at - start) / minute] as const);
      }
    }
    return all;
  }

  const ringsWithin = (name: string, fromMinute: number, toMinute: number, toSeconds: number) => {
    const alarm = rang(toSeconds)[name]?.find(([state]) => state === 'ALARM');
    expect(alarm?.[1], name).to.be.within(fromMinute, toMinute);
  };

  it('are silent while updates come and the ETL runs', async () => {
    const end = start + 30 * hour;
    await everyHour(start - 6 * hour, end);
    for (let at = start - 30 * hour; at < end; at += hour) await post('ingest-text', at);
    expect(rang(end)).to.deep.equal({});
  });

  it('ring within the hour when Telegram is refused, and end when it is not any more', async () => {
    const end = start + 5 * hour;
    for (let at = start; at < start + 3 * hour; at += 2 * minute) await post('ingest-wrong-secret', at);
    for (let at = start + 3 * hour; at < end; at += 2 * minute) await post('ingest-text', at);
    ringsWithin('refused', 30, 60, end);
    ringsWithin('turned-away', 30, 60, end);
    expect(rang(end).refused?.at(-1)?.[0]).to.equal('OK');
    expect(rang(end)).not.to.have.any.keys('ingest-errors', 'other-chats');
  });

  it('do not ring when a stranger knocks now and then', async () => {
    const end = start + 6 * hour;
    for (const at of [0, 1, 200]) await post('ingest-missing-secret', start + at * minute);
    expect(rang(end)).not.to.have.any.keys('refused', 'turned-away', 'ingest-errors');
  });

  it('ring when the API turns Telegram away before the function, which counts nothing then', async () => {
    for (let at = start; at < start + 2 * hour; at += 2 * minute) countAtApi(429, at);
    ringsWithin('turned-away', 30, 60, start + 2 * hour);
    expect(rang(start + 2 * hour)).not.to.have.any.keys('refused', 'ingest-errors');
  });

  it('ring within a quarter of an hour when the store fails, and end when it works again', async () => {
    bucket.works = false;
    for (let at = start; at < start + hour; at += 2 * minute) await post('ingest-text', at);
    bucket.works = true;
    for (let at = start + hour; at < start + 2 * hour; at += 2 * minute) await post('ingest-text', at);
    ringsWithin('ingest-errors', 5, 15, start + 2 * hour);
    expect(rang(start + 2 * hour)['ingest-errors']?.at(-1)?.[0]).to.equal('OK');
  });

  it('ring at once when only chats that are not configured send, and none ever came from one that is', async () => {
    bucket.isEmpty = true;
    // The function has stored nothing yet, as in a new stack.
    ingest = (
      await withEnvironment(
        { ...environment, POWERTOOLS_SERVICE_NAME: 'ingest' },
        () => import('../../src/ingest/ingest-handler.ts?new' as string),
      )
    ).handler;
    await post('ingest-other-chat', start);
    ringsWithin('other-chats', 0, 10, start + hour);
  });

  it('do not ring for other chats of a bot whose group is in the lake', async () => {
    await post('ingest-other-chat', start);
    expect(rang(start + hour)).not.to.have.any.keys('other-chats');
  });

  it('ring a day after the last update, by silence alone: nothing was refused', async () => {
    const end = start + 48 * hour;
    await everyHour(start - 6 * hour, end);
    for (let at = start - 30 * hour; at < start; at += hour) await post('ingest-text', at);
    ringsWithin('silent', 23 * 60, 27 * 60, end);
    expect(Object.keys(rang(end))).to.deep.equal(['silent']);
  });

  it('ring for a body that is no update, and for a new chat id', async () => {
    await post('ingest-broken-json', start);
    await post('ingest-migration', start);
    ringsWithin('quarantine', 0, 10, start + hour);
    ringsWithin('migration', 0, 10, start + hour);
  });

  it('ring when a run of the ETL fails', async () => {
    await everyHour(start - 6 * hour, start + 6 * hour);
    await runEtl({ yesterday: true }, start + 30 * minute);
    ringsWithin('etl-errors', 30, 40, start + 6 * hour);
    expect(rang(start + 6 * hour)).not.to.have.any.keys('etl-did-not-run');
  });

  it('ring some hours after the last run of the ETL, and never because one starts a little late', async () => {
    for (let index = -8; index < 24; index++) {
      const late = (index % 3) * 20;
      await runEtl(
        { ...sampleEvent('etl-schedule'), time: '2026-11-23T12:05:00Z' },
        start + index * hour + late,
      );
    }
    ringsWithin('etl-did-not-run', (23 + 3) * 60, (23 + 6) * 60, start + 40 * hour);
  });

  it('stay with a failed run that lies in the queue, also when SQS sends no figures, until the queue is empty', async () => {
    const queue = { QueueName: 'lake-failed' };
    const put = (fromHour: number, toHour: number, value: number) => {
      for (let at = start + fromHour * hour; at < start + toHour * hour; at += 5 * minute) {
        cloudWatch.put('AWS/SQS', 'ApproximateNumberOfMessagesVisible', queue, at, value);
      }
    };
    put(-1, 0, 0);
    put(0, 6, 1);
    // Six quiet hours later the queue counts as inactive.
    put(30, 31, 0);
    const history = rang(start + 32 * hour)['etl-gave-up'];
    expect(history?.map(([state]) => state)).to.deep.equal(['OK', 'ALARM', 'OK']);
    expect(history?.at(-1)?.[1]).to.be.within(30 * 60, 30 * 60 + 10);
  });
});

/** The template's alarms by the end of their names, with their values. */
function definitions(): [name: string, alarm: AlarmDefinition][] {
  const values: Record<string, string> = {
    'AWS::StackName': stack,
    StageName: template.Parameters.StageName.Default,
    SilenceHours: template.Parameters.SilenceHours.Default,
    EtlFunction: `${stack}-etl`,
    'FailedEtlQueue.QueueName': 'lake-failed',
  };
  const resolved = (value: TemplateValue): TemplateValue => {
    if (value?.['Fn::Sub']) return substitute(value, values);
    const name = value?.Ref ?? value?.['Fn::GetAtt'];
    if (name === undefined) return value;
    if (values[name] === undefined) throw new Error(`no value for ${name}`);
    return values[name];
  };
  return resourcesOf('AWS::CloudWatch::Alarm').map(([, { Properties }]) => {
    const { Dimensions, AlarmActions, OKActions, ...rest } = Properties;
    const alarm = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, resolved(value)]));
    const dimensions = Dimensions.map(({ Name, Value }: TemplateValue) => ({ Name, Value: resolved(Value) }));
    const name = String(alarm.AlarmName).slice(stack.length + 1);
    return [name, { ...alarm, Dimensions: dimensions } as unknown as AlarmDefinition];
  });
}
