import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { updateStack } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { chatExport, exported } from '../../../tools/fixtures/desktop-export.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type LakeOnStack, startLakeOnStack, timeZone } from './lake-on-stack.ts';

describe('command line on a stack that it changes', () => {
  const folder = temporaryFolder();
  let stack: LakeOnStack;
  before(async () => {
    stack = await startLakeOnStack('cli-changes');
    expect((await stack.run('etl')).code).to.equal(0);
  });
  after(() => stack?.stop());

  const ask = async (query: string): Promise<Record<string, unknown>[]> =>
    JSON.parse((await stack.run('query', query, '--format', 'json')).stdout);

  it('import: adds the past, each message once, and nothing that queries would not see', async () => {
    const file = join(folder(), 'result.json');
    const october = { date_unixtime: String(Date.parse('2026-10-31T15:00:00Z') / 1000) };
    // The second and third are in the lake already.
    const messages = [exported(1, { id: 900, ...october }), exported(0, { id: 1 }), exported(60, { id: 2 })];
    writeFileSync(file, chatExport([...messages, exported(61, { id: 1000 })]));

    const dry = await stack.run('import', file, '--dry-run');
    expect(dry.stdout).to.contain('2 days added').and.contain('Nothing was changed');
    expect((await ask('messages-per-day')).at(-1)?.message_amount).to.equal(3);

    const unseen =
      'telegram-lake: queries of the stack cli-changes see no day before 2026-11-01, and this export begins on 2026-10-31. ' +
      'Set FirstDay=2026-10-31 in parameter_overrides of samconfig.own.toml, run npx telegram-lake deploy, then import';
    expect(dry.stderr).to.equal(`${unseen}\n`);
    const refused = await stack.run('import', file);
    expect(refused).to.include({ code: 2, stderr: `${unseen}. Nothing was imported\n` });
    expect((await ask('messages-per-day')).at(-1)?.message_amount).to.equal(3);
    await updateStack(startedEngines().account, 'cli-changes', {
      parameters: { FirstDay: '2026-10-31', TimeZone: timeZone },
    });

    const { code, stdout, stderr } = await stack.run('import', file);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(stdout).to.contain('  4 messages, 2026-10-31 to 2026-11-22\n');
    expect(stdout).to.contain('ETL: 2 of 2 days rebuilt; 5 rows; skipped: 2 superseded\n');
    expect((await ask('messages-per-day')).slice(-2)).to.deep.equal([
      { context_date: '2026-11-22', message_amount: 4 },
      { context_date: '2026-10-31', message_amount: 1 },
    ]);
    expect((await stack.run('import', file)).stdout).to.contain('2 days unchanged');
  });

  it('import: warns of the history of another chat than the stack is for', async () => {
    const file = join(folder(), 'result.json');
    const another = { name: 'Another', type: 'private_supergroup', id: 42 };
    writeFileSync(file, chatExport([exported(1)], another));
    const { stderr } = await stack.run('import', file, '--dry-run');
    expect(stderr).to.equal(
      'telegram-lake: the stack cli-changes stores -1001234567890; this is another chat, -1000000000042\n',
    );
  });

  it('forget: leaves nothing of the person in the raw bucket, in its older versions neither', async () => {
    const dry = await stack.run('forget', '--user', '7', '--dry-run');
    expect(dry.stdout).to.contain('Nothing was erased');
    expect(await everyVersion()).to.match(/"id":7,/);

    const { code, stdout, stderr } = await stack.run('forget', '--user', '7', '--yes');
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.match(/^Erased: 7; redacted: 0\./m);
    expect(stdout).to.contain('the results bucket keeps them for 7 days');
    expect(await everyVersion())
      .to.match(/"id":8,/)
      .and.not.match(/"id":7,/);
    expect((await ask('most-active-users')).map((row) => row.user_id)).to.deep.equal([8, 555123456]);
  });

  /** All that the raw bucket holds, in all versions, as one text. */
  async function everyVersion(): Promise<string> {
    const Bucket = stack.outputs.RawBucketName;
    const { Versions = [] } = await stack.s3.send(new ListObjectVersionsCommand({ Bucket }));
    const texts = Versions.map(async ({ Key = '', VersionId }) => {
      const { Body } = await stack.s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
      return (Key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    });
    return (await Promise.all(texts)).join('\n');
  }
});
