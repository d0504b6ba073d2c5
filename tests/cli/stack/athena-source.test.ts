import { AthenaClient } from '@aws-sdk/client-athena';
import { expect } from 'chai';
import sinon from 'sinon';
import { UsageError } from '../../../src/base/usage-error.ts';
import { athenaSource, costLine } from '../../../src/cli/stack/athena-source.ts';
import type { Stack } from '../../../src/cli/stack/stack.ts';
import type { Narrowing } from '../../../src/query/narrowing.ts';
import type { QuerySource } from '../../../src/query/query-source.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { rejection } from '../../support/rejection.ts';

const stack = {
  name: 'lake',
  workGroup: 'lake-group',
  database: 'lake',
  timeZone: 'America/Sao_Paulo',
} as Stack;
const local = [
  { file: 'messages-per-day', name: 'Messages per day', description: 'local', sql: 'SELECT 1' },
  { file: 'not-deployed', name: 'Not deployed', description: 'local', sql: 'SELECT 2' },
];

interface Input {
  readonly WorkGroup?: string;
  readonly NextToken?: string;
  readonly NamedQueryIds?: string[];
  readonly QueryString?: string;
}

describe('saved queries of a stack', () => {
  let deployed: { Name: string; Description: string; QueryString: string }[];
  let source: QuerySource;
  let sourceOf: (narrowing: Narrowing) => QuerySource;
  let started: string[];

  beforeEach(() => {
    deployed = [
      { Name: 'Of somebody else', Description: 'made by hand', QueryString: 'SELECT 4' },
      { Name: 'Messages per day', Description: 'as deployed', QueryString: 'SELECT 3' },
    ];
    started = [];
    const client = new AthenaClient({ region: 'sa-east-1' });
    const answers: Record<string, (input: Input) => object> = {
      // Two on a page, so that there are pages.
      ListNamedQueriesCommand: ({ WorkGroup, NextToken }) => {
        const from = Number(NextToken ?? 0);
        const ids = WorkGroup === 'lake-group' ? deployed.map((_, index) => String(index)) : [];
        const NamedQueryIds = ids.slice(from, from + 2);
        return { NamedQueryIds, NextToken: from + 2 < ids.length ? String(from + 2) : undefined };
      },
      BatchGetNamedQueryCommand: ({ NamedQueryIds }) => {
        const ids = NamedQueryIds ?? [];
        if (ids.length === 0 || ids.length > 50) throw new Error('1 to 50 ids');
        return { NamedQueries: ids.map((id) => deployed[Number(id)]) };
      },
      StartQueryExecutionCommand: ({ QueryString }) => {
        started.push(QueryString ?? '');
        return { QueryExecutionId: 'id-1' };
      },
      GetQueryExecutionCommand: () => ({
        QueryExecution: {
          Status: { State: 'SUCCEEDED' },
          Statistics: { DataScannedInBytes: 419_430, EngineExecutionTimeInMillis: 1_234 },
        },
      }),
      GetQueryResultsCommand: () => ({}),
    };
    sinon
      .stub(client, 'send')
      .callsFake(async (command: { constructor: { name: string }; input: object }) =>
        answers[command.constructor.name]?.(command.input as Input),
      );
    sourceOf = (narrowing) => athenaSource(stack, local, narrowing, client);
    source = sourceOf({});
  });

  it('are listed as they are deployed, by the names of their files where they have one', async () => {
    const listed = (await source.list()).map(({ name, description }) => [name, description]);
    expect(listed).to.deep.equal([
      ['messages-per-day', 'as deployed'],
      ['Of somebody else', 'made by hand'],
    ]);
  });

  it('are all listed, however many there are', async () => {
    deployed = Array.from({ length: 121 }, (_, index) => {
      return { Name: `query ${index}`, Description: '', QueryString: '' };
    });
    expect(await source.list()).to.have.length(121);
  });

  for (const name of ['messages-per-day', 'Messages per day']) {
    it(`are run as they are deployed: ${name}`, async () => {
      const { output } = await capturedOutput(() => source.answer(name));
      expect(started).to.deep.equal(['SELECT 3']);
      expect(output).to.equal('Athena read 0.4 MB in 1.2 s: $0.000048 at $5 per TB.\n');
    });
  }

  it('see only the messages that were asked for', async () => {
    deployed = [
      { Name: 'Days', Description: '', QueryString: 'WITH a AS (SELECT * FROM telegram) SELECT * FROM a' },
    ];
    const narrowing = { from: '2026-11-01', to: '2026-11-07', chatId: -1001, authorId: 7 };
    await capturedOutput(() => sourceOf(narrowing).answer('Days'));
    expect(started).to.deep.equal([
      'WITH telegram AS (\n  SELECT * FROM "lake"."telegram" WHERE ' +
        "context_date >= DATE '2026-11-01' AND context_date <= DATE '2026-11-07' AND chat_id = -1001 " +
        'AND coalesce(sender_chat_id, user_id) = 7\n),\na AS (SELECT * FROM telegram) SELECT * FROM a',
    ]);
  });

  it('may be others than those of sql/', async () => {
    await capturedOutput(() => source.answer('Of somebody else'));
    expect(started).to.deep.equal(['SELECT 4']);
  });

  it('are refused when they are not deployed', async () => {
    const error = await rejection(source.answer('not-deployed'));
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.match(/the stack lake has no saved query not-deployed; .*--stack lake/);
  });
});

describe('cost of a query', () => {
  const costs: [scannedBytes: number, text: RegExp][] = [
    [0, /read 0\.0 MB .*: \$0 at/],
    [1, /read 0\.0 MB .*: \$0\.000048 at/],
    [10 * 1_048_576, /read 10\.0 MB .*: \$0\.000048 at/],
    [10 * 1_048_576 + 1, /read 10\.0 MB .*: \$0\.000052 at/],
    [2 ** 40, /read 1,048,576\.0 MB .*: \$5 at/],
  ];
  for (const [scannedBytes, text] of costs) {
    it(`of ${scannedBytes} bytes is at least that of 10 MB, if it reads at all`, () => {
      expect(costLine({ scannedBytes, engineMilliseconds: 0 })).to.match(text);
    });
  }
});
