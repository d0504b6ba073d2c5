import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { enrichedFiles } from '../../../src/etl/enriched-files.ts';
import { runDay } from '../../../src/etl/run-day.ts';
import { createLake, type LocalLake } from '../../../src/lake/lake.ts';
import { dayPrefix, enrichedKey, rawKey } from '../../../src/lake/object-keys.ts';
import { messageUpdate, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { runCli, runProgram } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const noon = Date.parse('2026-11-20T15:00:00Z') / 1000;

describe('telegram-lake status', () => {
  const folder = temporaryFolder();
  let lake: LocalLake;
  beforeEach(() => {
    lake = createLake(folder(), undefined);
  });
  const status = (...args: string[]) => runCli(['status', '--lake', folder(), ...args]);

  async function store(daysLater: number, updateId: number) {
    await storeUpdate(lake.raw, messageUpdate(updateId, { date: noon + daysLater * 86_400 }));
  }

  it('shows no day on which no message can be sent, and says so; queries and the page leave it out', async () => {
    await store(0, 1);
    const impossible = ['1969-12-31', '2099-12-31'];
    for (const [index, day] of impossible.entries()) {
      await lake.raw.putObject(
        `${dayPrefix(day)}${day.replaceAll('-', '')}000000-00000000000${index}.json`,
        Buffer.from('{}'),
      );
      await lake.enriched.putObject(enrichedKey(day), Buffer.from('of an earlier version'));
    }
    expect((await runCli(['etl', '--lake', folder()])).stdout).to.match(/^2026-11-20 [^\n]*\n$/);
    const { code, stdout } = await status();
    expect(code).to.equal(0);
    expect(stdout)
      .to.contain('1 day: 1 fresh')
      .and.contain('2 days not shown, since no message can be of then: 1969-12-31, 2099-12-31.');
    const sql = 'SELECT count(DISTINCT context_date) AS days FROM telegram_raw';
    for (const text of [sql, sql.replace('_raw', '')]) {
      const { stdout } = await runCli(['query', '--sql', text, '--lake', folder(), '--format', 'csv']);
      expect(stdout).to.equal('days\r\n1\r\n');
    }
    for (const day of impossible)
      expect(await lake.enriched.headObject(enrichedKey(day))).to.not.equal(undefined);
  });

  it('tells of each day, those between them too, how it stands', async () => {
    for (const [daysLater, updateId] of [
      [0, 1],
      [0, 2],
      [1, 3],
      [3, 4],
      [4, 5],
    ] as const) {
      await store(daysLater, updateId);
    }
    for (const day of ['2026-11-20', '2026-11-21', '2026-11-24']) await runDay(day, lake);
    await store(1, 6);
    await lake.raw.deleteObject(rawKey(noon + 4 * 86_400, 5, lake.timeZone));
    const sizes = await Promise.all(
      ['2026-11-20', '2026-11-21', '2026-11-24'].map(
        async (day) => (await enrichedFiles(day, lake.enriched)).sizeBytes,
      ),
    );
    expect(JSON.parse((await status('--format', 'json')).stdout)).to.deep.equal([
      { day: '2026-11-20', raw_objects: 2, rows: 2, events: 0, size_bytes: sizes[0], state: 'fresh' },
      { day: '2026-11-21', raw_objects: 2, rows: 1, events: 0, size_bytes: sizes[1], state: 'stale' },
      { day: '2026-11-22', raw_objects: 0, rows: null, events: null, size_bytes: null, state: 'gap' },
      { day: '2026-11-23', raw_objects: 1, rows: null, events: null, size_bytes: null, state: 'not built' },
      { day: '2026-11-24', raw_objects: 0, rows: 1, events: 0, size_bytes: sizes[2], state: 'stale' },
    ]);
    const { code, stdout, stderr } = await status();
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout.split('\n').slice(-4)).to.deep.equal([
      '4 rows of 5 raw objects',
      '4 days: 1 fresh, 2 stale, 1 not built; 1 day between them without anything',
      `To bring them up to date: npx telegram-lake etl --lake ${folder()}`,
      '',
    ]);
    expect((await status('--format', 'csv')).stdout.split('\r\n')[3]).to.equal('2026-11-22,0,,,,gap');
  });

  it('says how many days wait for the form of this version, as query and sql do', async () => {
    await store(0, 1);
    await runDay('2026-11-20', lake);
    const file = await lake.enriched.getObject(enrichedKey('2026-11-20'));
    const metadata = { fingerprint: 'of an earlier version', 'row-count': '1', 'schema-version': '1' };
    await lake.enriched.putObject(enrichedKey('2026-11-20'), file, { metadata });
    expect((await status()).stdout).to.contain('\n1 day of the stale waits for the form of this version\n');

    const query = await runCli(['query', 'messages-per-day', '--lake', folder(), '--format', 'csv']);
    expect(query.stdout).to.contain('2026-11-20,1');
    const note =
      'telegram-lake: 1 day still has the form of an earlier version: what is new since then is empty there. ' +
      `To rebuild: npx telegram-lake etl --lake ${folder()}\n`;
    expect(query.stderr).to.equal(note);
    expect((await runProgram(['sql', '--lake', folder()])).stderr).to.equal(note);
    await runCli(['etl', '--lake', folder()]);
    expect((await runCli(['query', 'messages-per-day', '--lake', folder()])).stderr).to.equal('');
  });

  it('says when nothing is due, or there is nothing', async () => {
    expect((await status()).stdout).to.match(/\(0 rows\)\nThe lake is empty\.\n$/);
    await store(0, 1);
    await runDay('2026-11-20', lake);
    expect((await status()).stdout).to.match(/\n1 row of 1 raw object\n1 day: 1 fresh\n$/);
  });

  it('lists the other days and ends with 1 when a day cannot be read', async () => {
    await store(0, 1);
    await store(1, 2);
    // A link that the file system refuses to follow.
    symlinkSync('x'.repeat(300), join(folder(), 'raw', dayPrefix('2026-11-20'), 'link.json'));
    const { code, stdout, stderr } = await status();
    expect(code).to.equal(1);
    expect(stdout).to.contain('2 days: 1 not built, 1 unreadable');
    expect(stderr).to.match(
      /^telegram-lake: 2026-11-20: cannot [^\n]+\ntelegram-lake: 1 day could not be read\n$/,
    );
  });

  it('ends with 2 where there is no lake', async () => {
    const { code, stderr } = await runCli(['status', '--lake', '/nonexistent/lake']);
    expect([code, stderr.split('\n').length]).to.deep.equal([2, 2]);
  });
});
