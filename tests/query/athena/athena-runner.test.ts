import { setImmediate } from 'node:timers/promises';
import { AthenaClient } from '@aws-sdk/client-athena';
import { expect } from 'chai';
import sinon from 'sinon';
import {
  type AthenaRunnerOptions,
  athenaRunner,
  type EndedExecution,
} from '../../../src/query/athena/athena-runner.ts';
import { QueryError } from '../../../src/query/query-runner.ts';
import { rejection } from '../../support/rejection.ts';

type Answer = object | Error;

/** What Athena answers to a call of each kind: one after the other, the last one again and again. */
interface Script {
  readonly start?: Answer;
  readonly states?: readonly object[];
  readonly pages?: readonly Answer[];
}

const succeeded = { Status: { State: 'SUCCEEDED' } };

describe('Athena runner', () => {
  let client: AthenaClient;
  let calls: { name: string; input: Record<string, unknown> }[];
  let pauses: number[];
  beforeEach(() => {
    client = new AthenaClient({ region: 'sa-east-1' });
    calls = [];
    pauses = [];
  });

  function answerWith({
    start = { QueryExecutionId: 'id-1' },
    states = [succeeded],
    pages = [{}],
  }: Script): void {
    let state = 0;
    let page = 0;
    const answers: Record<string, () => Answer> = {
      StartQueryExecutionCommand: () => start,
      GetQueryExecutionCommand: () => ({ QueryExecution: states[Math.min(state++, states.length - 1)] }),
      GetQueryResultsCommand: () => pages[page++] ?? {},
      StopQueryExecutionCommand: () => ({}),
    };
    sinon
      .stub(client, 'send')
      .callsFake(async (command: { constructor: { name: string }; input: object }) => {
        const { name } = command.constructor;
        calls.push({ name, input: { ...command.input } });
        const answer = answers[name]?.();
        if (answer instanceof Error) throw answer;
        return answer;
      });
  }
  const runner = (changes: Partial<AthenaRunnerOptions> = {}) =>
    athenaRunner({
      client,
      workGroup: 'lake-group',
      database: 'lake',
      pass: async (milliseconds) => {
        pauses.push(milliseconds);
      },
      ...changes,
    });
  const page = (columns: readonly object[], rows: readonly (string | undefined)[][], NextToken?: string) => ({
    ResultSet: {
      ResultSetMetadata: { ColumnInfo: columns },
      Rows: rows.map((row) => ({
        Data: row.map((text) => (text === undefined ? {} : { VarCharValue: text })),
      })),
    },
    NextToken,
  });
  const column = (Name: string, Type: string, more: object = {}) => ({ Name, Label: Name, Type, ...more });

  it('runs a statement in the work group and on the database', async () => {
    answerWith({});
    await runner().run('SELECT 1');
    expect(calls[0]).to.deep.equal({
      name: 'StartQueryExecutionCommand',
      input: {
        QueryString: 'SELECT 1',
        WorkGroup: 'lake-group',
        QueryExecutionContext: { Database: 'lake' },
      },
    });
  });

  it('gives every value the type that DuckDB gives it, too', async () => {
    const values: [
      type: string,
      text: string | undefined,
      value: unknown,
      more?: object,
      shownType?: string,
    ][] = [
      ['bigint', '171', 171],
      ['bigint', '-1001234567890', -1001234567890],
      ['bigint', '9007199254740993', '9007199254740993'],
      ['integer', '-7', -7],
      ['double', '0.25', 0.25],
      ['double', '1.0E10', 1e10],
      ['double', 'Infinity', Number.POSITIVE_INFINITY],
      ['float', '1.5', 1.5],
      ['decimal', '12.50', 12.5, { Precision: 10, Scale: 2 }, 'decimal(10,2)'],
      ['decimal', '1234567890123456.78', '1234567890123456.78', { Precision: 18, Scale: 2 }, 'decimal(18,2)'],
      ['boolean', 'true', true],
      ['boolean', 'false', false],
      ['varchar', 'true', 'true'],
      ['varchar', '12', '12'],
      ['varchar', '', ''],
      ['varchar', undefined, null],
      ['bigint', undefined, null],
      ['date', '2026-11-22', '2026-11-22'],
      ['timestamp', '2026-11-22 23:59:59.000', '2026-11-22 23:59:59.000'],
    ];
    const columns = values.map(([type, , , more], index) => column(`c${index}`, type, more));
    const header = values.map((_, index) => `c${index}`);
    answerWith({ pages: [page(columns, [header, values.map(([, text]) => text)])] });
    const { columns: named, rows } = await runner().run('SELECT …');
    expect(rows).to.deep.equal([values.map(([, , value]) => value)]);
    expect(named).to.deep.equal(
      values.map(([type, , , , shownType = type], index) => ({ name: `c${index}`, type: shownType })),
    );
  });

  it('leaves out the line of names on the first page only, and follows all pages', async () => {
    const columns = [column('word', 'varchar')];
    answerWith({
      pages: [
        page(columns, [['word'], ['a']], 'token-1'),
        page(columns, [['word'], ['b']], 'token-2'),
        page(columns, []),
      ],
    });
    expect((await runner().run('SELECT word …')).rows).to.deep.equal([['a'], ['word'], ['b']]);
    expect(calls.slice(2).map(({ input }) => input.NextToken)).to.deep.equal([
      undefined,
      'token-1',
      'token-2',
    ]);
  });

  it('keeps the first line of statements that have no line of names', async () => {
    answerWith({ pages: [page([column('tab_name', 'string')], [['telegram']])] });
    expect((await runner().run('SHOW TABLES')).rows).to.deep.equal([['telegram']]);
  });

  it('has no row and its columns for an empty result', async () => {
    answerWith({ pages: [page([column('n', 'bigint')], [['n']])] });
    expect(await runner().run('SELECT …')).to.deep.equal({
      columns: [{ name: 'n', type: 'bigint' }],
      rows: [],
    });
  });

  it('asks less and less often, at least every three seconds', async () => {
    const running = { Status: { State: 'RUNNING' } };
    answerWith({ states: [{ Status: { State: 'QUEUED' } }, ...Array(8).fill(running), succeeded] });
    await runner().run('SELECT 1');
    expect(pauses.slice(0, 4)).to.deep.equal([200, 300, 450, 675]);
    expect(pauses.at(-1)).to.equal(3000);
  });

  it('tells what the statement read', async () => {
    const ended: EndedExecution[] = [];
    const Statistics = { DataScannedInBytes: 41_000, EngineExecutionTimeInMillis: 1_200 };
    answerWith({ states: [{ ...succeeded, Statistics }] });
    await runner({ onEnd: (execution) => ended.push(execution) }).run('SELECT 1');
    expect(ended).to.deep.equal([{ scannedBytes: 41_000, engineMilliseconds: 1_200 }]);
  });

  const failures: [script: Script, message: string][] = [
    [
      {
        states: [
          {
            Status: {
              State: 'FAILED',
              StateChangeReason: "COLUMN_NOT_FOUND: line 1:8: Column 'x' cannot be resolved",
            },
          },
        ],
      },
      "COLUMN_NOT_FOUND: line 1:8: Column 'x' cannot be resolved",
    ],
    [
      {
        states: [
          {
            Status: {
              State: 'CANCELLED',
              StateChangeReason: 'Query cancelled! : Bytes scanned limit was exceeded',
            },
          },
        ],
      },
      'Query cancelled! : Bytes scanned limit was exceeded',
    ],
    [{ states: [{ Status: { State: 'FAILED' } }] }, 'the query has failed'],
    [
      { start: Object.assign(new Error('line 1:1: mismatched input'), { name: 'InvalidRequestException' }) },
      'line 1:1: mismatched input',
    ],
  ];
  for (const [script, message] of failures) {
    it(`fails with Athena's own reason: ${message}`, async () => {
      answerWith(script);
      const error = await rejection(runner().run('SELECT x'));
      expect(error).to.be.instanceOf(QueryError);
      expect(error.message).to.equal(message);
    });
  }

  it('fails with the error of the call, where the call is wrong', async () => {
    const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    answerWith({ start: denied });
    expect(await rejection(runner().run('SELECT 1'))).to.equal(denied);
  });

  it('cancels the statement in Athena when told to stop', async () => {
    const stop = new AbortController();
    answerWith({ states: [{ Status: { State: 'RUNNING' } }] });
    const running = runner({ signal: stop.signal, pass: async () => stop.abort() }).run('SELECT 1');
    expect((await rejection(running)).message).to.equal('the query was cancelled');
    expect(calls.at(-1)).to.deep.equal({
      name: 'StopQueryExecutionCommand',
      input: { QueryExecutionId: 'id-1' },
    });
  });

  describe('of several statements', () => {
    /** Each statement is its own execution, which has as many states as the script says. */
    function answerEach(states: Record<string, string[]>): void {
      sinon
        .stub(client, 'send')
        .callsFake(async (command: { constructor: { name: string }; input: object }) => {
          const { name } = command.constructor;
          const input: Record<string, unknown> = { ...command.input };
          calls.push({ name, input });
          const id = String(input.QueryString ?? input.QueryExecutionId);
          const left = states[id] ?? ['SUCCEEDED'];
          const State = left.length > 1 ? left.shift() : left[0];
          const answers: Record<string, object> = {
            StartQueryExecutionCommand: { QueryExecutionId: id },
            GetQueryExecutionCommand: {
              QueryExecution: { Status: { State, StateChangeReason: `of ${id}` } },
            },
            GetQueryResultsCommand: page([column('id', 'varchar')], [['id'], [id]]),
          };
          return answers[name] ?? {};
        });
    }
    const statements = Array.from({ length: 12 }, (_, index) => `SELECT ${index}`);
    const named = (name: string) => calls.filter((call) => call.name === name).map(({ input }) => input);

    it('gives their results in order, some of them under way at once', async () => {
      answerEach({ 'SELECT 0': ['RUNNING', 'RUNNING', 'RUNNING', 'RUNNING', 'SUCCEEDED'] });
      let underWay = 0;
      let most = 0;
      const results = await runner({
        pass: async () => {
          underWay = named('StartQueryExecutionCommand').length - named('GetQueryResultsCommand').length;
          most = Math.max(most, underWay);
        },
      }).runAll(statements);
      expect(results.map(({ rows }) => rows)).to.deep.equal(statements.map((sql) => [[sql]]));
      expect(most).to.be.within(2, 5);
      expect(await runner().runAll([])).to.deep.equal([]);
    });

    it('fails with the reason of the first that failed, once the others are cancelled in Athena', async () => {
      answerEach({ 'SELECT 0': ['RUNNING'], 'SELECT 1': ['RUNNING'], 'SELECT 2': ['RUNNING', 'FAILED'] });
      const error = await rejection(runner({ pass: () => setImmediate() }).runAll(statements));
      expect(error.message).to.equal('of SELECT 2');
      expect(named('StopQueryExecutionCommand').map((input) => input.QueryExecutionId)).to.include.members([
        'SELECT 0',
        'SELECT 1',
      ]);
    });

    it('cancels each that is under way when told to stop', async () => {
      answerEach(Object.fromEntries(statements.map((sql) => [sql, ['RUNNING']])));
      const stop = new AbortController();
      const running = runner({ signal: stop.signal, pass: async () => stop.abort() }).runAll(statements);
      expect((await rejection(running)).message).to.equal('the query was cancelled');
      expect(named('StopQueryExecutionCommand')).to.have.length(named('StartQueryExecutionCommand').length);
    });
  });
});
