import {
  AthenaClient,
  GetQueryExecutionCommand,
  type QueryExecutionState,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import { expect } from 'chai';
import sinon from 'sinon';
import { AthenaDayError, athenaDay } from '../../../src/etl/athena/athena-day.ts';
import { athenaCsv } from '../../support/athena-csv.ts';
import { rejection } from '../../support/rejection.ts';

const day = '2026-11-22';
const listing = { fingerprint: 'f'.repeat(64), rawObjects: 1, updates: 1 };
const result = [['telegram/context_date=2026-11-22/20261122120000-1.json', 'no identity']];

/** A query execution of the account: what Athena says of it each time that it is asked, the last for ever. */
interface Execution {
  readonly states: QueryExecutionState[];
  submitted: Date;
  expired?: boolean;
}

describe('day on Athena', () => {
  const athena = new AthenaClient({ region: 'us-east-1' });
  const requests: StartQueryExecutionCommandInput[] = [];
  const executions = new Map<string, Execution>();
  const byToken = new Map<string, string>();
  /** What becomes of the next queries that are started. */
  let outcomes: QueryExecutionState[][];

  beforeEach(() => {
    requests.length = 0;
    executions.clear();
    byToken.clear();
    outcomes = [];
    sinon.stub(athena, 'send').callsFake(async (command: unknown) => {
      if (command instanceof StartQueryExecutionCommand) {
        requests.push(command.input);
        const token = command.input.ClientRequestToken ?? '';
        const id = byToken.get(token) ?? `q${executions.size + 1}`;
        byToken.set(token, id);
        if (!executions.has(id)) {
          executions.set(id, {
            states: [...(outcomes.shift() ?? ['SUCCEEDED' as const])],
            submitted: new Date(),
          });
        }
        return { QueryExecutionId: id };
      }
      if (!(command instanceof GetQueryExecutionCommand)) throw new Error('an unexpected command');
      const id = command.input.QueryExecutionId ?? '';
      const { states = [], submitted } = executions.get(id) ?? {};
      const State = states.length > 1 ? states.shift() : states[0];
      return {
        QueryExecution: {
          Status: {
            State,
            SubmissionDateTime: submitted,
            ...(State === 'FAILED' && { StateChangeReason: 'Query exhausted resources' }),
          },
          ResultConfiguration: { OutputLocation: `s3://results/etl/${id}.csv` },
        },
      };
    });
  });
  afterEach(() => sinon.restore());

  const rows = (options = {}, of = listing) =>
    Array.fromAsync(
      athenaDay({
        athena,
        workGroup: 'group-etl',
        database: 'group',
        fromObjects: 1,
        open: async (location) => {
          const id = /etl\/(\w+)\.csv$/.exec(location)?.[1] ?? '';
          return executions.get(id)?.expired ? undefined : athenaCsv(result);
        },
        pauseMs: 1,
        ...options,
      }).rowsOf(day, of),
    );
  const anHourPasses = () => {
    for (const execution of executions.values()) {
      execution.submitted = new Date(execution.submitted.getTime() - 3_600_000);
    }
  };

  it('is asked for in the work group of the ETL, and read once it is done', async () => {
    outcomes = [['QUEUED', 'RUNNING', 'SUCCEEDED']];
    const started: string[] = [];
    expect(await rows({ onQuery: (_: string, id: string) => started.push(id) })).to.have.length(1);
    expect(requests).to.have.length(1);
    expect(requests[0]).to.deep.include({
      WorkGroup: 'group-etl',
      QueryExecutionContext: { Database: 'group' },
    });
    expect(requests[0]?.QueryString)
      .to.contain("context_date = DATE '2026-11-22'")
      .and.not.contain('2026-01-01');
    expect(requests[0]?.ClientRequestToken).to.match(/^[0-9a-f]{64}$/);
    expect(started).to.deep.equal(['q1']);
  });

  it('is computed once, however often it is asked for', async () => {
    await rows();
    await rows();
    expect(executions.size).to.equal(1);
  });

  it('is computed again when its raw objects changed', async () => {
    await rows();
    await rows({}, { ...listing, fingerprint: '0'.repeat(64) });
    expect(executions.size).to.equal(2);
  });

  it('is computed again for a forced run, but once for all tries of that run', async () => {
    await rows();
    await rows({ runId: 'a' });
    await rows({ runId: 'a' });
    expect(executions.size).to.equal(2);
  });

  it('is left to the next run, which finds the same query, when the time is up', async () => {
    outcomes = [['RUNNING']];
    const error = await rejection(rows({ signal: AbortSignal.timeout(20) }));
    expect(error).to.be.instanceOf(AthenaDayError);
    expect(error.message).to.contain('q1').and.contain('next run');
    executions.get('q1')?.states.splice(0, 1, 'SUCCEEDED');
    expect(await rows()).to.have.length(1);
    expect(executions.size).to.equal(1);
  });

  it('fails with the reason that Athena gives', async () => {
    outcomes = [['RUNNING', 'FAILED']];
    const error = await rejection(rows());
    expect(error).to.be.instanceOf(AthenaDayError);
    expect(error.message).to.contain('Query exhausted resources').and.contain('q1');
    expect(executions.size).to.equal(1);
  });

  it('starts the query again after an earlier run failed, each time', async () => {
    outcomes = Array.from({ length: 7 }, () => ['FAILED']);
    for (let run = 1; run <= 7; run++) {
      await rejection(rows());
      anHourPasses();
    }
    expect(executions.size).to.equal(7);
    expect(await rows()).to.have.length(1);
  });

  it('starts the query again when its result has expired', async () => {
    await rows();
    anHourPasses();
    for (const execution of executions.values()) execution.expired = true;
    expect(await rows()).to.have.length(1);
    expect(executions.size).to.equal(2);
  });
});
