import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { UsageError } from '../../src/base/usage-error.ts';
import { createLake, keepNote, openLake } from '../../src/lake/lake.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('lake in a folder', () => {
  const folder = temporaryFolder();
  const note = () => join(folder(), 'lake', 'lake.json');
  const create = (zone?: string) => createLake(join(folder(), 'lake'), zone);

  it('keeps the time zone that it was made with', () => {
    expect(create('Asia/Kolkata').timeZone).to.equal('Asia/Kolkata');
    expect(create().timeZone).to.equal('Asia/Kolkata');
    expect(() => create('America/Sao_Paulo')).to.throw(UsageError, 'Asia/Kolkata');
  });

  for (const text of ['', 'xx', '{}', '[]', '{"timeZone":5}', '{"timeZone":"Mars/Base"}', 'null']) {
    it(`changes nothing where lake.json holds ${JSON.stringify(text)}, and says what to do`, () => {
      create('Asia/Kolkata');
      writeFileSync(note(), text);
      for (const open of [() => create(), () => openLake(join(folder(), 'lake'))]) {
        expect(open).to.throw(UsageError, /lake\.json does not name a time zone.*Nothing was changed/);
      }
      expect(readFileSync(note(), 'utf8')).to.equal(text);
    });
  }

  it('asks for the time zone of a folder with messages and no lake.json', () => {
    mkdirSync(join(folder(), 'lake', 'raw'), { recursive: true });
    expect(() => create()).to.throw(UsageError, /time zone.*is not known.*--time-zone/);
    expect(create('Asia/Kolkata').timeZone).to.equal('Asia/Kolkata');
  });

  it('writes lake.json whole, and leaves nothing beside it', () => {
    create();
    expect(readdirSync(join(folder(), 'lake'))).to.deep.equal(['lake.json']);
    expect(JSON.parse(readFileSync(note(), 'utf8'))).to.deep.equal({ timeZone: 'America/Sao_Paulo' });
  });

  it('writes lake.json again where the folder was removed while updates came', () => {
    const lake = create('Asia/Kolkata');
    rmSync(lake.folder, { recursive: true });
    keepNote(lake);
    expect(create().timeZone).to.equal('Asia/Kolkata');
  });

  if (process.platform !== 'win32') {
    it('is readable by its owner only', async () => {
      const lake = create();
      const key = 'telegram/context_date=2026-11-22/a.json';
      await lake.raw.putObject(key, Buffer.from('{}'));
      const modeOf = (path: string) => statSync(join(lake.folder, path)).mode & 0o777;
      expect(modeOf('.')).to.equal(0o700);
      expect(modeOf('raw/telegram')).to.equal(0o700);
      expect(modeOf(`raw/${key}`)).to.equal(0o600);
      expect(modeOf('lake.json')).to.equal(0o600);
    });
  }

  it('fails at once where no folder can be made', function () {
    if (process.platform !== 'linux') this.skip();
    expect(() => createLake('/proc/telegram-lake/lake', undefined)).to.throw(/ENOENT/);
  });
});
