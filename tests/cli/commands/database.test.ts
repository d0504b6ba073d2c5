import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { lakeRunner } from '../../../src/cli/lake/lake-runner.ts';
import { rebuildDays } from '../../../src/cli/lake/rebuild-days.ts';
import { createLake } from '../../../src/lake/lake.ts';
import { messageUpdate, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { queries, views } from '../../support/asked-lake.ts';
import { runCli } from '../../support/run-cli.ts';
import { suiteFolder } from '../../support/temporary-folder.ts';

describe('telegram-lake database', () => {
  const root = suiteFolder();
  const folder = () => join(root(), "lake [1] of 'Zé'");
  const file = () => join(root(), 'lake.duckdb');
  const database = (...args: string[]) => runCli(['database', '--lake', folder(), ...args]);
  const askAll = async (statements: readonly string[]) => {
    const instance = await DuckDBInstance.create(file(), { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    try {
      const answers = [];
      for (const sql of statements) answers.push((await connection.runAndReadAll(sql)).getRowsJson());
      return answers;
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  };
  const ask = async (sql: string) => (await askAll([sql]))[0] ?? [];
  before(async () => {
    const lake = createLake(folder(), 'America/Sao_Paulo');
    const days = Array.from({ length: 20 }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`);
    for (const [index, day] of days.entries()) {
      const date = Date.parse(`${day}T15:00:00Z`) / 1000;
      const question = messageUpdate(10 * index + 1, { date, text: 'Alguém sabe como configurar a função?' });
      const reply_to_message = { ...question.message, reply_to_message: undefined };
      const from = { id: 100 + (index % 3), is_bot: false, first_name: 'Zé' };
      const answer = { date: date + 60, text: 'Sim: açúcar, então 7 / 2', from, reply_to_message };
      await storeUpdate(lake.raw, question, lake.timeZone);
      await storeUpdate(lake.raw, messageUpdate(10 * index + 2, answer), lake.timeZone);
    }
    for await (const _ of rebuildDays(lake, days, { force: false }));
  });

  it('writes a file with the views and saved queries, which gives the same rows as query', async () => {
    const { code, stderr, stdout } = await database('--out', file());
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.match(
      /^\S+lake\.duckdb: the table telegram and \d+ views, .* holds no messages itself/,
    );
    const saved = queries.filter(({ file }) => file !== 'reactions');
    const counted = views.map(({ name }) => `SELECT count(*) FROM ${name}`);
    const runner = await lakeRunner(createLake(folder(), undefined));
    const here = await runner.runAll([...saved.map(({ sql }) => sql), ...counted]);
    runner.close();
    const there = await askAll([
      ...saved.map(({ file: name }) => `SELECT * FROM ${name.replaceAll('-', '_')}`),
      ...counted,
    ]);
    for (const [at, { rows }] of here.entries()) {
      expect(
        there[at]?.map((row) => row.map(String)),
        saved[at]?.file,
      ).to.deep.equal(rows.map((row) => row.map(String)));
    }
    expect(here.at(-1)?.rows).to.not.deep.equal([[0]]);
  });

  it('sees a day that was built after the file was written', async () => {
    const lake = createLake(folder(), undefined);
    const [before = []] = await ask('SELECT count(*) FROM telegram');
    const date = Date.parse('2026-12-24T15:00:00Z') / 1000;
    await storeUpdate(lake.raw, messageUpdate(999_999, { date }), lake.timeZone);
    for await (const _ of rebuildDays(lake, ['2026-12-24'], { force: false }));
    expect(await ask('SELECT count(*) FROM telegram')).to.deep.equal([[String(Number(before[0]) + 1)]]);
  });

  it('replaces a database of before, and no other file', async () => {
    expect(await database('--out', file())).to.include({ code: 0, stderr: '' });
    const other = join(root(), 'notes.txt');
    writeFileSync(other, 'my own notes');
    const { code, stderr } = await database('--out', other);
    expect([code, stderr]).to.deep.equal([
      2,
      `telegram-lake: ${other} is there already, and is no DuckDB file. It was left as it is: choose another --out, or remove it\n`,
    ]);
    expect(readFileSync(other, 'utf8')).to.equal('my own notes');
  });

  it('leaves nothing behind where the lake has no days', async () => {
    const empty = join(root(), 'empty');
    mkdirSync(join(empty, 'raw'), { recursive: true });
    const { code, stderr } = await runCli([
      'database',
      '--lake',
      empty,
      '--out',
      join(root(), 'none.duckdb'),
    ]);
    expect([code, stderr]).to.satisfy(
      ([c, text]: [number, string]) => c === 1 && /has no days yet/.test(text),
    );
    expect(existsSync(join(root(), 'none.duckdb'))).to.equal(false);
    expect(readdirSync(root()).filter((name) => name.includes('.part'))).to.deep.equal([]);
  });
});
