import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { importHistory } from '../../../src/import/import-history.ts';
import { importLines } from '../../../src/lake/import-object.ts';
import { importKey } from '../../../src/lake/object-keys.ts';
import type { ObjectStore } from '../../../src/storage/object-store.ts';
import { startAccount } from '../../../tools/engines/account.ts';
import { createBucket, startS3Server } from '../../../tools/engines/s3-server.ts';
import { chatExport, exported } from '../../../tools/fixtures/desktop-export.ts';
import { noon } from '../../../tools/fixtures/updates.ts';
import { s3Bucket } from './s3-bucket.ts';

const timeZone = 'America/Sao_Paulo';

for (const [name, start] of [
  ['versitygw', startS3Server],
  ['moto', startAccount],
] as const) {
  describe(`two imports at once into a bucket of ${name}`, function () {
    this.timeout(60_000);
    let server: Awaited<ReturnType<typeof start>>;
    before(async () => {
      server = await start();
    });
    after(() => server?.stop());

    it('are both in, every message once', async () => {
      await createBucket(server.endpoint, 'imports');
      const raw = await s3Bucket(server.environment, 'imports');
      const all = Array.from({ length: 60 }, (_, index) => index + 1);
      await Promise.all(
        [0, 1, 2].map((third) =>
          importOf(
            all.filter((id) => id % 3 === third),
            raw,
          ),
        ),
      );
      const found: number[] = [];
      for await (const lines of importLines(await raw.getObject(importKey('2026-11-22', -1001234567890)))) {
        found.push(...lines.map((line) => Number(/"message_id":(\d+)/.exec(line)?.[1])));
      }
      expect(found).to.deep.equal(all);
    });
  });
}

async function importOf(ids: readonly number[], raw: ObjectStore): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'telegram-lake-test-'));
  try {
    const path = join(folder, 'result.json');
    writeFileSync(path, chatExport(ids.map((id) => exported(id))));
    const lake = { raw, enriched: raw, timeZone };
    await importHistory({
      path,
      folder,
      lake,
      openForWriting: async () => lake,
      exportTimeZone: timeZone,
      nowSeconds: noon + 86_400,
      wants: () => true,
      migratedFrom: () => undefined,
      withoutForgotten: (line) => line,
      onRead: () => {},
      onPlan: () => {},
      onProgress: () => {},
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
