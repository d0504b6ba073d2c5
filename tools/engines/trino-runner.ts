import { QueryError, type QueryRunner, type ResultTable, type Value } from '../../src/query/query-runner.ts';

/** One page of an answer of Trino's protocol: https://trino.io/docs/current/develop/client-protocol.html */
interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: { readonly errorName: string; readonly message: string };
}

/**
 * Runs statements on a Trino server, in the session time zone of Athena: UTC.
 *
 * @param url - of the server
 * @param schema - of the catalog `awsdatacatalog`: a Glue database
 */
export function trinoRunner(url: string, schema: string): Pick<QueryRunner, 'run'> {
  const headers = {
    'X-Trino-User': 'test',
    'X-Trino-Catalog': 'awsdatacatalog',
    'X-Trino-Schema': schema,
    'X-Trino-Time-Zone': 'UTC',
  };
  const page = async (address: string, body?: string): Promise<Page> => {
    const response = await fetch(address, { headers, ...(body !== undefined && { method: 'POST', body }) });
    if (!response.ok) throw new Error(`Trino: HTTP ${response.status} ${await response.text()}`);
    return (await response.json()) as Page;
  };

  return {
    async run(sql): Promise<ResultTable> {
      let columns: ResultTable['columns'] = [];
      const rows: Value[][] = [];
      for (let next = await page(`${url}/v1/statement`, sql); ; next = await page(next.nextUri)) {
        if (next.error) throw new QueryError(`${next.error.errorName}: ${next.error.message}`);
        if (next.columns) {
          columns = next.columns.map(({ name, type }) => ({ name, type: type.replace(/\(.*/, '') }));
        }
        for (const cells of next.data ?? []) {
          rows.push(cells.map((cell, at) => value(cell, columns[at]?.type ?? '')));
        }
        if (next.nextUri === undefined) return { columns, rows };
      }
    },
  };
}

/** As ResultTable has it. Trino's JSON gives decimals and doubles that are no numbers as strings. */
function value(cell: unknown, type: string): Value {
  if (cell === null || typeof cell === 'boolean') return cell;
  if (typeof cell === 'number') {
    if (type === 'bigint' && !Number.isSafeInteger(cell)) throw new Error('a bigint has lost digits as JSON');
    return cell;
  }
  if (typeof cell !== 'string') return JSON.stringify(cell);
  if (type === 'decimal') return decimal(cell);
  return type === 'double' || type === 'real' ? Number(cell) : cell;
}

function decimal(digits: string): Value {
  const number = Number(digits);
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : digits;
}
