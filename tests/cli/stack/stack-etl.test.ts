import { setTimeout as delay } from 'node:timers/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { expect } from 'chai';
import sinon from 'sinon';
import { type Day, daysBetween } from '../../../src/base/local-day.ts';
import { UsageError } from '../../../src/base/usage-error.ts';
import type { Stack } from '../../../src/cli/stack/stack.ts';
import { rebuildStackDays } from '../../../src/cli/stack/stack-etl.ts';
import type { DaySummary } from '../../../src/etl/run-day.ts';
import { rejection } from '../../support/rejection.ts';

const stack = { name: 'lake', etlFunction: 'lake-etl' } as Stack;

describe('etl on a stack', () => {
  let client: LambdaClient;
  let events: { days: Day[]; force?: boolean }[];
  beforeEach(() => {
    client = new LambdaClient({ region: 'sa-east-1' });
    events = [];
  });

  const summary = (day: Day, milliseconds: number): DaySummary => ({
    day,
    outcome: 'rebuilt',
    rows: 1,
    events: 0,
    rawObjects: 1,
    skipped: {},
    sizeBytes: 1,
    milliseconds,
  });
  /** The function answers that each day took so long. */
  const takes = (milliseconds: (day: Day) => number) =>
    answers(({ days }) => ({ days: days.map((day) => summary(day, milliseconds(day))) }));
  const answers = (answer: (event: { days: Day[] }) => unknown, more: object = {}) =>
    sinon.stub(client, 'send').callsFake(async (command) => {
      const event = eventOf(command);
      events.push(event);
      return { Payload: Buffer.from(JSON.stringify(answer(event))), ...more };
    });
  const rebuild = (days: readonly Day[], force = false, parallel = 1) =>
    Array.fromAsync(rebuildStackDays(stack, days, { force, parallel }, client));
  const chunks = () => events.map(({ days }) => days.length);

  it('asks for every day once and in order, and gives the summary of each', async () => {
    const days = daysBetween('2026-01-01', '2026-12-31');
    takes(() => 100);
    const summaries = await rebuild(days);
    expect(summaries).to.deep.equal(days.map((day) => summary(day, 100)));
    expect(events.flatMap((event) => event.days)).to.deep.equal(days);
    expect(chunks().slice(0, 4)).to.deep.equal([1, 4, 16, 31]);
    expect(Math.max(...chunks())).to.equal(31);
  });

  it('asks for as many days as take about a minute an invocation', async () => {
    takes(() => 20_000);
    await rebuild(daysBetween('2026-01-01', '2026-01-08'));
    expect(chunks()).to.deep.equal([1, 2, 2, 2, 1]);
  });

  it('asks for fewer again when days become busier', async () => {
    takes((day) => (day < '2026-01-06' ? 100 : 59_000));
    await rebuild(daysBetween('2026-01-01', '2026-01-24'));
    expect(chunks().slice(0, 4)).to.deep.equal([1, 4, 16, 1]);
  });

  it('asks one day at a time where a day takes longer than that', async () => {
    takes(() => 400_000);
    await rebuild(['2026-01-01', '2026-01-02']);
    expect(chunks()).to.deep.equal([1, 1]);
  });

  it('asks to rebuild what has not changed only when told to', async () => {
    takes(() => 1);
    await rebuild(['2026-01-01']);
    await rebuild(['2026-01-01'], true);
    expect(events).to.deep.equal([{ days: ['2026-01-01'] }, { days: ['2026-01-01'], force: true }]);
  });

  it('needs no invocation for no day', async () => {
    takes(() => 1);
    expect(await rebuild([])).to.deep.equal([]);
    expect(events).to.deep.equal([]);
  });

  const failures: [answer: unknown, more: object, message: string][] = [
    [
      {
        errorType: 'AggregateError',
        errorMessage: '1 of 2 days failed; 2026-01-01: cannot read telegram/…',
        trace: ['…'],
      },
      { FunctionError: 'Unhandled' },
      'the function lake-etl failed: 1 of 2 days failed; 2026-01-01: cannot read telegram/…',
    ],
    [{}, { FunctionError: 'Unhandled' }, 'the function lake-etl failed: Unhandled'],
    [{ message: 'hello' }, {}, 'the function lake-etl answered what this version does not understand'],
    ['text', {}, 'the function lake-etl answered what this version does not understand'],
  ];
  for (const [answer, more, message] of failures) {
    it(`ends with one line at ${JSON.stringify(answer)}: ${message}`, async () => {
      answers(() => answer, more);
      const error = await rejection(rebuild(['2026-01-01', '2026-01-02']));
      expect(error.message).to.equal(message);
      expect(events).to.have.length(1);
    });
  }

  it('begins with one day again when the function runs out of time with several', async () => {
    const errorMessage = '2026-11-22T03:00:00Z 1-2-3 Task timed out after 900.00 seconds';
    const outOfTime = { FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify({ errorMessage })) };
    const send = answers(({ days }) => ({ days: days.map((day) => summary(day, 1)) }));
    send.onSecondCall().callsFake(async (command) => {
      events.push(eventOf(command));
      return outOfTime;
    });
    expect(await rebuild(daysBetween('2026-01-01', '2026-01-05'))).to.have.length(5);
    expect(chunks()).to.deep.equal([1, 4, 1, 3]);
    send.resolves(outOfTime);
    expect((await rejection(rebuild(['2026-01-01']))).message).to.equal(
      'the function lake-etl runs out of time with 2026-01-01',
    );
  });

  it('has several invocations under way at once, as many as it is told, and each day in one of them', async () => {
    const days = daysBetween('2026-01-01', '2026-03-31');
    let [running, most] = [0, 0];
    sinon.stub(client, 'send').callsFake(async (command) => {
      const event = eventOf(command as { input: object });
      events.push(event);
      running += 1;
      most = Math.max(most, running);
      await delay(2);
      running -= 1;
      return { Payload: Buffer.from(JSON.stringify({ days: event.days.map((day) => summary(day, 1)) })) };
    });
    const summaries = await rebuild(days, false, 3);
    expect(most).to.equal(3);
    expect(summaries.map(({ day }) => day).sort()).to.deep.equal(days);
    expect(events.flatMap((event) => event.days).sort()).to.deep.equal(days);
  });

  it('begins nothing more when one fails, but waits for what is under way, and gives it', async () => {
    sinon.stub(client, 'send').callsFake(async (command) => {
      const event = eventOf(command as { input: object });
      events.push(event);
      if (event.days[0] === '2026-01-02') {
        return { FunctionError: 'Unhandled', Payload: Buffer.from('{"errorMessage":"2026-01-02: broken"}') };
      }
      await delay(20);
      return { Payload: Buffer.from(JSON.stringify({ days: event.days.map((day) => summary(day, 1)) })) };
    });
    const given: Day[] = [];
    const running = (async () => {
      const days = daysBetween('2026-01-01', '2026-01-31');
      const summaries = rebuildStackDays(stack, days, { force: false, parallel: 3 }, client);
      for await (const { day } of summaries) given.push(day);
    })();
    expect((await rejection(running)).message).to.equal('the function lake-etl failed: 2026-01-02: broken');
    expect(given).to.have.members(['2026-01-01', '2026-01-03']);
    expect(events).to.have.length(3);
  });

  it('tells what AWS says of a call that is refused', async () => {
    const denied = Object.assign(new Error('User x is not authorized'), { name: 'AccessDeniedException' });
    sinon.stub(client, 'send').rejects(denied);
    const error = await rejection(rebuild(['2026-01-01']));
    expect(error).not.to.be.instanceOf(UsageError);
    expect(error.message).to.equal('cannot invoke the function lake-etl: User x is not authorized');
  });
});

function eventOf({ input }: { input: object }): { days: Day[] } {
  const { FunctionName, Payload } = input as { FunctionName: string; Payload: string };
  expect(FunctionName).to.equal('lake-etl');
  return JSON.parse(Payload);
}
