import { expect } from 'chai';
import { dayLine } from '../../../src/cli/lake/rebuild-days.ts';
import { createLake, type LocalLake } from '../../../src/lake/lake.ts';
import { enrichedKey, rawKey } from '../../../src/lake/object-keys.ts';
import { messageUpdate, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const noon = Date.parse('2026-11-20T15:00:00Z') / 1000;

describe('telegram-lake etl', () => {
  const folder = temporaryFolder();
  let lake: LocalLake;
  beforeEach(async () => {
    lake = createLake(folder(), undefined);
    for (const daysLater of [0, 1, 3]) {
      const date = noon + daysLater * 86_400;
      await storeUpdate(lake.raw, messageUpdate(daysLater + 1, { date, text: 'secret words' }));
    }
  });
  const etl = (...args: string[]) => runCli(['etl', '--lake', folder(), ...args]);
  const told = (stdout: string) =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/\s+/).slice(0, 4).join(' '));

  it('takes every day whose raw objects changed and prints a line for each', async () => {
    const { code, stdout, stderr } = await etl();
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(told(stdout)).to.deep.equal([
      '2026-11-20 rebuilt 1 rows',
      '2026-11-21 rebuilt 1 rows',
      '2026-11-23 rebuilt 1 rows',
    ]);
    expect(told((await etl()).stdout)[2]).to.equal('2026-11-23 unchanged 1 rows');
    expect(told((await etl('--force')).stdout)[2]).to.equal('2026-11-23 rebuilt 1 rows');
  });

  it('takes the days of a range, those without updates too', async () => {
    expect(told((await etl('--from', '2026-11-21', '--to', '2026-11-22')).stdout)).to.deep.equal([
      '2026-11-21 rebuilt 1 rows',
      '2026-11-22 empty 0 rows',
    ]);
    expect(told((await etl('--from', '2026-11-21')).stdout)).to.have.length(2);
    expect((await etl('--to', '2026-11-19')).stdout).to.equal('There is no day to do.\n');
  });

  it('says what there is to do, and does nothing, with --dry-run', async () => {
    await etl('--to', '2026-11-21');
    const { code, stdout, stderr } = await etl('--dry-run');
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.equal(
      '3 days from 2026-11-20 to 2026-11-23: 1 to build, of 1 raw object; 2 up to date.\n',
    );
    expect(await lake.enriched.headObject(enrichedKey('2026-11-23'))).to.equal(undefined);
    expect((await etl('--dry-run', '--force', '--to', '2026-11-20')).stdout).to.equal(
      '1 day 2026-11-20: 1 to build, of 1 raw object; 0 up to date.\n',
    );
    expect((await etl('--dry-run', '--to', '2026-11-01')).stdout).to.equal('There is no day to do.\n');
  });

  it('names an unreadable raw object on stderr, without its content, and does the day', async () => {
    const key = rawKey(noon, 99, lake.timeZone);
    await lake.raw.putObject(key, Buffer.from('{"secret words'));
    const { code, stdout, stderr } = await etl('--to', '2026-11-20');
    expect(code).to.equal(0);
    expect(stdout).to.contain('skipped: 1 unreadable');
    expect(stderr).to.equal(`telegram-lake: skipped the unreadable raw object ${key}\n`);
  });

  const wrong: [args: string[], message: RegExp][] = [
    [['--from', '2026-02-30'], /2026-02-30 is not a day/],
    [['--from', '2026-11-22', '--to', '2026-11-21'], /is after --to/],
    [['--form', '2026-11-22'], /unknown option '--form'/],
    [['more'], /too many arguments/],
    [['--parallel', '2'], /cannot be used with option '--lake/],
    [['--lake', '/nonexistent/lake'], /there is no lake in/],
  ];
  for (const [args, message] of wrong) {
    it(`ends with 2 and one line: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await etl(...args);
      expect([code, stdout]).to.deep.equal([2, '']);
      expect(stderr)
        .to.match(message)
        .and.match(/^telegram-lake: [^\n]+\n$/);
    });
  }

  it('ends with 1 and one line when the lake cannot be written', async () => {
    await lake.enriched.putObject('telegram', Buffer.from('a file where a folder must be'));
    const { code, stderr } = await etl();
    expect(code).to.equal(1);
    expect(stderr).to.match(/^telegram-lake: 3 days could not be rebuilt[^\n]+cannot [^\n]+\n$/);
    expect(await lake.enriched.headObject(enrichedKey('2026-11-20'))).to.equal(undefined);
  });
});

describe('line of a day', () => {
  it('tells rows, bytes, time and what was skipped', () => {
    const summary = {
      day: '2026-11-22',
      outcome: 'rebuilt' as const,
      rows: 1710,
      rawObjects: 1725,
      events: 12,
      skipped: { superseded: 3 },
      sizeBytes: 14_249,
      milliseconds: 38,
    };
    expect(dayLine(summary)).to.equal(
      '2026-11-22 rebuilt       1,710 rows      12 events      14.2 kB      38 ms   skipped: 3 superseded',
    );
  });
});
