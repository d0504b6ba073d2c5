import { execFileSync } from 'node:child_process';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLake, type LocalLake } from '../../src/lake/lake.ts';
import { enrichedKey, eventsKey } from '../../src/lake/object-keys.ts';
import { messageUpdate, noon, storeUpdate } from '../../tools/fixtures/updates.ts';
import { contentsOf } from '../support/contents.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const damagedDay = '2026-11-22';
const wholeDay = '2026-11-23';

describe('a damaged enriched file', () => {
  const folder = temporaryFolder();
  let lake: LocalLake;
  beforeEach(async () => {
    lake = createLake(folder(), undefined);
    for (const id of [1, 2, 86_401]) await storeUpdate(lake.raw, messageUpdate(id));
    await cli('etl');
  });

  const cli = (command: string, ...args: string[]) => runCli([command, '--lake', folder(), ...args]);
  const countMessages = () =>
    cli('query', '--sql', 'SELECT count(lower(text)) AS messages FROM telegram', '--format', 'csv');

  /** Changes bytes in the middle of a file; as a disk does, without touching its time, or as a program. */
  function damage(key: string, { seen }: { readonly seen: boolean }) {
    const path = join(folder(), 'enriched', key);
    const times = join(folder(), 'times');
    writeFileSync(times, '');
    execFileSync('touch', ['-r', path, times]);
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 100, Math.floor(bytes.length / 2));
    writeFileSync(path, bytes);
    // To the nanosecond, as Node cannot.
    if (!seen) execFileSync('touch', ['-r', times, path]);
  }

  for (const [what, key] of [
    ['messages', enrichedKey(damagedDay)],
    ['events', eventsKey(damagedDay)],
  ] as const) {
    it(`of ${what} is found by its checksum though size and time are the same, and rebuilt by etl to the same bytes`, async () => {
      const before = await contentsOf(lake.enriched);
      damage(key, { seen: false });
      const status = await cli('status');
      expect(status.code).to.equal(1);
      expect(status.stdout).to.contain('2 days: 1 fresh, 1 damaged');
      expect(status.stderr).to.contain(
        `1 day with a damaged file, left out of answers until npx telegram-lake etl --lake ${folder()} rebuilds it: ${damagedDay}`,
      );
      expect((await cli('etl', '--dry-run')).stdout).to.contain('1 to build');
      const etl = await cli('etl');
      expect([etl.code, etl.stdout]).to.satisfy(
        ([code, out]: [number, string]) =>
          code === 0 && /^2026-11-22 rebuilt .*\n2026-11-23 unchanged /.test(out),
      );
      expect(await contentsOf(lake.enriched)).to.deep.equal(before);
      expect((await cli('status')).code).to.equal(0);
    });
  }

  for (const [how, seen] of [
    ['silently', false],
    ['by another program', true],
  ] as const) {
    it(`changed ${how} is left out of queries and the page, which say so and end with 1 until etl has run`, async () => {
      damage(enrichedKey(damagedDay), { seen });
      const query = await countMessages();
      expect([query.code, query.stdout]).to.deep.equal([1, 'messages\r\n1\r\n']);
      expect(query.stderr).to.match(
        /context_date=2026-11-22\/messages.parquet is damaged .* npx telegram-lake etl/,
      );
      const out = join(folder(), 'page.html');
      const report = await cli('report', '--out', out);
      expect(report.code).to.equal(1);
      expect(readFileSync(out, 'utf8')).to.contain(
        '1 day is left out, since a file is damaged: 22 Nov 2026.',
      );
      await cli('etl');
      const mended = await countMessages();
      expect([mended.code, mended.stdout, mended.stderr]).to.deep.equal([0, 'messages\r\n3\r\n', '']);
    });
  }

  it('of any kind, cut or empty or without sense, is left out of queries, and rebuilt by start', async () => {
    const path = join(folder(), 'enriched', enrichedKey(wholeDay));
    const whole = readFileSync(path);
    for (const bytes of [whole.subarray(0, 100), Buffer.alloc(0), Buffer.from('PAR1 without sense PAR1')]) {
      writeFileSync(path, bytes);
      const { code, stdout } = await countMessages();
      expect([code, stdout]).to.deep.equal([1, 'messages\r\n2\r\n']);
      expect((await cli('start', '--once')).code).to.equal(0);
      expect(readFileSync(path).equals(whole)).to.equal(true);
    }
  });

  it('is not looked for in files that note no checksum: those of a copied lake', async () => {
    const key = enrichedKey(damagedDay);
    await lake.enriched.putObject(key, await lake.enriched.getObject(key));
    utimesSync(join(folder(), 'enriched', key), noon, noon);
    expect((await countMessages()).stdout).to.equal('messages\r\n3\r\n');
  });
});
