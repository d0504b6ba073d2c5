import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ParquetSchema, ParquetWriter } from '@dsnp/parquetjs';
import { expect } from 'chai';
import { columns } from '../../../src/lake/columns.ts';
import { enrichedKey } from '../../../src/lake/object-keys.ts';
import { duckDbRunner } from '../../../src/query/duckdb/duckdb-runner.ts';
import { QueryError, type QueryRunner } from '../../../src/query/query-runner.ts';
import { message } from '../../../tools/fixtures/message-rows.ts';
import { fillEnriched } from '../../support/enriched-folder.ts';
import { rejection } from '../../support/rejection.ts';

describe('DuckDB runner', () => {
  // The name tries to end a literal, to be a pattern and to look like a partition that shadows a column.
  const root = mkdtempSync(join(tmpdir(), "telegram-lake'); DROP [a-z]*? {x} ü-"));
  const folder = join(root, 'text=hidden', 'enriched');
  let runner: QueryRunner;

  before(async () => {
    runner = await duckDbRunner(folder);
  });
  beforeEach(() => rmSync(folder, { recursive: true, force: true }));
  after(() => {
    runner.close();
    rmSync(root, { recursive: true, force: true });
  });

  const rows = async (sql: string) => (await runner.run(sql)).rows;

  it('answers an empty lake with every column and no rows', async () => {
    const result = await runner.run('SELECT * FROM telegram');
    expect(result.rows).to.deep.equal([]);
    const types = { bigint: 'bigint', boolean: 'boolean', string: 'varchar' };
    expect(result.columns).to.deep.equal([
      ...columns.map(({ name, type }) => ({ name, type: types[type] })),
      { name: 'context_date', type: 'date' },
    ]);
  });

  it('reads each message with the day of its folder', async () => {
    await fillEnriched(folder, [
      message({ at: '2026-11-21 23:59:59', message_id: 1, text: 'late' }),
      message({ at: '2026-11-22 00:00:00', message_id: 2, text: 'early', user_is_bot: null }),
    ]);
    const sql =
      'SELECT context_date, message_id, text, user_is_bot, caption, chat_id FROM telegram ORDER BY 1';
    expect(await rows(sql)).to.deep.equal([
      ['2026-11-21', 1, 'late', false, null, -1001234567890],
      ['2026-11-22', 2, 'early', null, null, -1001234567890],
    ]);
  });

  it('passes over what is no file among raw objects, and says which', async () => {
    const raw = join(root, 'text=hidden', 'raw');
    const day = join(raw, 'telegram', 'context_date=2026-11-22');
    mkdirSync(join(day, 'folder.json'), { recursive: true });
    writeFileSync(join(day, '20261122120000-000000000001.json'), '{"update_id":1}');
    writeFileSync(join(day, '.DS_Store'), 'x');
    writeFileSync(join(root, 'outside.json'), '{"update_id":9}');
    symlinkSync('20261122120000-000000000001.json', join(day, 'within.json'));
    symlinkSync(join(root, 'outside.json'), join(day, 'outside.json'));
    symlinkSync('/nonexistent', join(day, 'broken.json'));
    symlinkSync('loop.json', join(day, 'loop.json'));
    execFileSync('mkfifo', [join(day, 'pipe.json')]);
    // A day that was moved to another disk.
    const moved = join(root, 'moved');
    mkdirSync(moved);
    writeFileSync(join(moved, '20261121120000-000000000002.json'), '{"update_id":2}');
    symlinkSync(moved, join(day, '..', 'context_date=2026-11-21'));
    const passedOver: string[] = [];
    const withRaw = await duckDbRunner(folder, {
      raw,
      onPassedOver: (path) => passedOver.push(relative(day, path)),
    });
    try {
      const { rows } = await withRaw.run('SELECT update_json FROM telegram_raw');
      expect(rows).to.deep.equal([['{"update_id":1}'], ['{"update_id":1}']]);
      const left = [
        join('..', 'context_date=2026-11-21'),
        ...['broken.json', 'folder.json', 'loop.json', 'outside.json', 'pipe.json'],
      ];
      expect(passedOver.sort()).to.deep.equal(left);
    } finally {
      withRaw.close();
      rmSync(raw, { recursive: true });
    }
  });

  it('sees files that were replaced, added or removed since the last query', async () => {
    const sql = 'SELECT text FROM telegram ORDER BY text';
    await fillEnriched(folder, [message({ text: 'aaaa' })]);
    expect(await rows(sql)).to.deep.equal([['aaaa']]);
    await fillEnriched(folder, [message({ text: 'bbbb' })]);
    expect(await rows(sql)).to.deep.equal([['bbbb']]);
    await fillEnriched(folder, [
      message({ text: 'bbbb' }),
      message({ text: 'cccc', at: '2026-11-23 08:00' }),
    ]);
    expect(await rows(sql)).to.deep.equal([['bbbb'], ['cccc']]);
    rmSync(join(folder, enrichedKey('2026-11-22')));
    expect(await rows(sql)).to.deep.equal([['cccc']]);
  });

  it('looks at nothing but the file of each day', async () => {
    await fillEnriched(folder, [message({ text: 'kept' })]);
    const day = join(folder, 'telegram', 'context_date=2026-11-22');
    writeFileSync(join(day, 'notes.parquet'), 'not a Parquet file');
    mkdirSync(join(folder, 'telegram', 'context_date=2026-02-30'));
    renameSync(day, join(folder, 'telegram', 'context_date=2026-11-23'));
    mkdirSync(join(folder, enrichedKey('2026-11-24')), { recursive: true });
    expect(await rows('SELECT context_date, text FROM telegram')).to.deep.equal([['2026-11-23', 'kept']]);
  });

  it('answers null for columns that a file does not have yet', async () => {
    await fillEnriched(folder, [message({ at: '2026-11-22 10:00', caption: 'new' })]);
    const path = join(folder, enrichedKey('2026-11-20'));
    mkdirSync(dirname(path), { recursive: true });
    const writer = await ParquetWriter.openFile(new ParquetSchema({ message_id: { type: 'INT64' } }), path);
    await writer.appendRow({ message_id: 7 });
    await writer.close();
    expect(
      await rows('SELECT message_id, caption, source FROM telegram ORDER BY context_date'),
    ).to.deep.equal([
      [7, null, null],
      [1, 'new', 'webhook'],
    ]);
    rmSync(join(folder, enrichedKey('2026-11-22')));
    expect(await rows('SELECT message_id, caption, source FROM telegram')).to.deep.equal([[7, null, null]]);
  });

  const values: [sql: string, value: unknown, type: string][] = [
    ['9007199254740991', 9007199254740991, 'bigint'],
    ['9007199254740993', '9007199254740993', 'bigint'],
    ['-9007199254740993', '-9007199254740993', 'bigint'],
    ['7', 7, 'integer'],
    ['sum(9000000000000000000) FROM range(2)', '18000000000000000000', 'hugeint'],
    ['CAST(0.1 AS double)', 0.1, 'double'],
    ['12.50', 12.5, 'decimal(4,2)'],
    ["CAST('12345678901234567.89' AS decimal(20,2))", '12345678901234567.89', 'decimal(20,2)'],
    ["date '2026-11-22'", '2026-11-22', 'date'],
    ["timestamp '2026-11-22 23:59:59'", '2026-11-22 23:59:59', 'timestamp'],
    ['NULL', null, 'integer'],
    ['true', true, 'boolean'],
    ["'a' || chr(0) || 'b'", 'a\u0000b', 'varchar'],
    ["'😀'", '😀', 'varchar'],
    ['ARRAY[1, NULL]', '[1,null]', 'integer[]'],
  ];
  for (const [sql, value, type] of values) {
    it(`gives ${JSON.stringify(sql)} as ${JSON.stringify(value)} of type ${type}`, async () => {
      const result = await runner.run(`SELECT ${sql}`);
      expect(result.rows).to.deep.equal([[value]]);
      expect(result.columns.map((column) => column.type)).to.deep.equal([type]);
    });
  }

  it('answers several queries at the same time', async () => {
    await fillEnriched(folder, [message({ text: 'x' })]);
    const answers = await Promise.all(
      [1, 2, 3, 4].map((number) => rows(`SELECT ${number}, text FROM telegram`)),
    );
    expect(answers).to.deep.equal([1, 2, 3, 4].map((number) => [[number, 'x']]));
  });

  it('computes a view once that several statements of a batch name, and none that nobody names', async () => {
    await fillEnriched(folder, [message({ text: 'a' }), message({ text: 'b', message_id: 2 })]);
    const views = [
      { name: 'texts', description: '', sql: 'SELECT text, random() AS luck FROM telegram' },
      { name: 'broken', description: '', sql: 'SELECT nothing FROM telegram' },
    ];
    const shared = await duckDbRunner(folder, { views });
    try {
      const answers = await shared.runAll([
        'SELECT count(*) FROM telegram',
        'SELECT max(text), max(luck) FROM texts',
        'WITH texts AS (SELECT 7 AS text) SELECT text FROM texts',
        'SELECT min(text), max(luck) FROM texts',
      ]);
      const rows = answers.map((answer) => answer.rows);
      const luck = rows[1]?.[0]?.[1];
      expect(luck).to.be.a('number');
      expect(rows).to.deep.equal([[[2]], [['b', luck]], [[7]], [['a', luck]]]);
      expect(await shared.runAll([])).to.deep.equal([]);
      expect((await shared.run('SELECT count(*) FROM texts')).rows).to.deep.equal([[2]]);
      expect(await rejection(shared.run('SELECT * FROM broken'))).to.be.instanceOf(QueryError);
    } finally {
      shared.close();
    }
  });

  it('refuses all of several statements when one fails, with the words of the engine', async () => {
    const error = await rejection(runner.runAll(['SELECT 1', 'SELECT nothing FROM telegram']));
    expect(error).to.be.instanceOf(QueryError);
    expect(error.message).to.match(/nothing/);
  });

  it('refuses SQL with the words of the engine', async () => {
    const error = await rejection(runner.run('SELECT nothing FROM telegram'));
    expect(error).to.be.instanceOf(QueryError);
    expect(error.message).to.match(/nothing/);
  });

  it('answers without a file that is no Parquet file, names it, and reads it once it is one', async () => {
    await fillEnriched(folder, [message({ at: '2026-11-21 12:00' }), message({ at: '2026-11-22 12:00' })]);
    const key = enrichedKey('2026-11-22');
    const whole = readFileSync(join(folder, key));
    const named: string[] = [];
    const naming = await duckDbRunner(folder, { onUnreadable: (name) => named.push(name) });
    const count = async () => (await naming.run('SELECT count(*) FROM telegram')).rows;
    writeFileSync(join(folder, key), 'half a file');
    expect([await count(), named]).to.deep.equal([[[1]], [key]]);
    writeFileSync(join(folder, key), whole);
    expect([await count(), named]).to.deep.equal([[[2]], [key]]);
    naming.close();
  });

  const forbidden = [
    `SELECT * FROM read_csv('${join(root, 'secret.csv').replaceAll("'", "''")}')`,
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM '/etc/hostname'",
    "WITH a AS (SELECT * FROM read_blob('/etc/hostname')) SELECT * FROM a",
    "SELECT getenv('HOME')",
    'INSTALL httpfs',
    'LOAD httpfs',
    'SET enable_external_access = true',
    "SELECT set_config('enable_external_access', 'true', false)",
    "ATTACH '/etc/hostname' AS other",
  ];
  for (const sql of forbidden) {
    it(`reaches neither network nor files outside the folder: ${sql.slice(0, 40)}`, async () => {
      writeFileSync(join(root, 'secret.csv'), 'a\n1\n');
      expect(await rejection(runner.run(sql))).to.be.instanceOf(QueryError);
    });
  }

  const file = join(folder, enrichedKey('2026-11-22'));
  const target = file.replaceAll("'", "''");
  const writing = [
    `COPY (SELECT 1) TO '${target}'`,
    `COPY telegram TO '${target}' (FORMAT parquet)`,
    `EXPORT DATABASE '${target}.export'`,
    `ATTACH '${target}.db' AS other`,
    `SELECT 1; COPY (SELECT 1) TO '${target}'`,
    `EXPLAIN ANALYZE COPY (SELECT 1) TO '${target}'`,
    'WITH a AS (SELECT 1) INSERT INTO telegram SELECT * FROM a',
    'CREATE TABLE a AS SELECT 1',
    'DROP VIEW telegram',
    'DELETE FROM telegram',
    'PRAGMA database_list',
    'CALL pragma_version()',
    // DuckDB would end the whole process.
    "SELECT * FROM enable_logging(storage = 'file', storage_config = {'path': '/tmp/telegram-lake-test-log'})",
    'SELECT * FROM system.main."arrow_scan" (1, 2, 3)',
    "SELECT * FROM query('SELECT * FROM enable_logging()')",
    "SELECT write_log('x')",
    'CHECKPOINT',
    'BEGIN',
  ];
  for (const sql of writing) {
    it(`runs nothing but reading: ${sql.slice(0, 40)}`, async () => {
      await fillEnriched(folder, [message({ text: 'kept' })]);
      const before = readdirSync(dirname(file));
      expect(await rejection(runner.run(sql))).to.be.instanceOf(QueryError);
      expect(await rejection(runner.runAll(['SELECT 1', sql]))).to.be.instanceOf(QueryError);
      expect(await rows('SELECT text FROM telegram')).to.deep.equal([['kept']]);
      expect(readdirSync(dirname(file))).to.deep.equal(before);
    });
  }
});
