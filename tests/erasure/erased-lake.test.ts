import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { ownerName } from '../../src/base/process-owner.ts';
import { createLake, type LocalLake } from '../../src/lake/lake.ts';
import { enrichedKey, eventsKey, quarantineKey, rawKey } from '../../src/lake/object-keys.ts';
import { eventTable } from '../../src/lake/tables.ts';
import { chatExport, exported } from '../../tools/fixtures/desktop-export.ts';
import { noon } from '../../tools/fixtures/updates.ts';
import { parquetRows } from '../support/parquet-rows.ts';
import { type Filling, type JsonValue, type Position, planted, positionsIn } from '../support/planted.ts';
import { type CliRun, runCli, runProgram } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Form, formsOf } from '../support/typed-form.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const tsconfig = path('../support/telegram-types.tsconfig.json');

const id = 31337001;
const name = 'Zefirina Canarinho';
const zefirina = { id, is_bot: false, first_name: 'Zefirina', last_name: 'Canarinho', username: 'zefirina' };
const bia = { id: 77, is_bot: false, first_name: 'Bia', username: 'bia' };
const group = { id: -1001234567890, type: 'supergroup', title: 'Dados' };
const trace = /31337001|Zefirina|Canarinho|words of theirs/i;

/** What stands for the person, and for a bystander, in each place of an export that is marked. */
const marked: Readonly<Record<string, readonly [theirs: JsonValue, anothers: JsonValue]>> = {
  PersonName: [name, 'Bia'],
  Username: ['@Zefirina', '@bia'],
  PeerId: [`user${id}`, 'user77'],
  UserId: [id, 77],
  UserIdList: [`[ ${id}, 77 ]`, '[ 77 ]'],
  LinkToUser: [`tg://user?id=${id}`, 'tg://user?id=77'],
  ExportedContact: [
    { first_name: 'Zefirina', last_name: 'Canarinho', phone_number: 'words of theirs' },
    { first_name: 'Bia', last_name: '', phone_number: 'of another' },
  ],
};

const byOthers: Filling = {
  value(form) {
    if (form.name === 'User') return bia;
    if (/^(Private|Group|Supergroup|Channel)?Chat$/.test(form.name)) return group;
    return marked[form.name]?.[1];
  },
  text: (parent, member) => `${parent}.${member} of another`,
};

describe('a lake without a person', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const at = (name: string) => join(folder(), name);
  const forget = ['forget', '--user', String(id), '--name', name, '--name', '@zefirina', '--yes', '--lake'];
  let lake: LocalLake;
  beforeEach(() => {
    lake = createLake(at('lake'), undefined);
  });

  it('has nothing of a person who was in every place of an export, also after the export comes again', async () => {
    const [form] = formsOf(tsconfig, path('../support/export-form.ts'), ['ExportedMessageForm']);
    const options = {
      isPosition: ({ name }: Form) => Object.hasOwn(marked, name),
      everywhere: (name: string) => ({ family: name, most: 1 }),
    };
    const places = [...positionsIn(form as Form, options)];
    expect(new Set(places.map(({ form }) => form.name))).to.have.property('size', Object.keys(marked).length);
    const messages = places.flatMap((place, index) => [
      exportedWith(form as Form, place, 100 + 2 * index, true),
      exportedWith(form as Form, place, 101 + 2 * index, false),
    ]);
    writeFileSync(
      at('result.json'),
      chatExport([...messages, exported(1, { from: 'Bia', from_id: 'user77' })]),
    );
    const importIt = () => runCli(['import', at('result.json'), '--lake', at('lake')]);
    expect((await importIt()).code).to.equal(0);
    const before = await rows();
    await forgetAndCheck();
    const after = await rows();
    // The person's own are gone: by id, and in old exports by name alone.
    expect(before.length - after.length).to.be.within(6, 12);
    expect(after.every(({ user_id }) => user_id === 77 || user_id === null)).to.equal(true);

    const raw = everyByte(at('lake/raw'));
    expect(raw).to.contain('of another');
    expect((await importIt()).code).to.equal(0);
    expect(everyByte(at('lake'))).to.not.match(trace);
    expect(everyByte(at('lake/raw'))).to.equal(raw);
  });

  it('has nothing of a person who was in every type of an update, in scratch, in quarantine and half written', async () => {
    const [update] = formsOf(tsconfig, path('../../node_modules/@grammyjs/types/update.d.ts'), ['Update']);
    const isUser = ({ name }: Form) => name === 'User';
    const everywhere = (name: string) =>
      /^(Reply|Inaccessible)?Message$/.test(name) ? { family: 'Message', most: 2 } : undefined;
    const found = [...positionsIn(update as Form, { isPosition: isUser, everywhere })];
    const places = new Map(found.map((place) => [`${place.parent}.${place.member}`, place]));
    expect(places.size).to.be.above(40);
    let updateId = 0;
    for (const place of places.values()) {
      updateId += 1;
      const value = planted(update as Form, place, zefirina, byOthers, (depth) => (depth === 0 ? 1 : 0));
      const body: Record<string, unknown> = { ...(value as object), update_id: updateId };
      const payload = Object.values(body).find((member) => typeof member === 'object') ?? {};
      if ('message_id' in payload) Object.assign(payload, { message_id: updateId, date: noon + updateId });
      await lake.raw.putObject(
        rawKey(noon + updateId, updateId, lake.timeZone),
        Buffer.from(JSON.stringify(body)),
      );
    }
    const damaged = Buffer.from(`{"message":{"from":{"id":${id}`);
    await lake.raw.putObject(quarantineKey(noon, 'a', lake.timeZone), damaged);
    const killed = `${ownerName().split('_')[0]}_999999999_1`;
    writeFileSync(join(at('lake'), '.incoming', `${killed}-x`), damaged);
    mkdirSync(join(at('tmp'), `telegram-lake-${killed}-abcdef`), { recursive: true });
    writeFileSync(join(at('tmp'), `telegram-lake-${killed}-abcdef`, 'history.jsonl'), damaged);
    expect((await runCli(['etl', '--lake', at('lake')])).code).to.equal(0);
    await forgetAndCheck();
    expect(everyByte(at('lake')))
      .to.contain('of another')
      .and.contain('"username":"bia"');
  });

  /** Erases the person, and looks through every byte of lake and scratch, and of the results that are made of it. */
  async function forgetAndCheck(): Promise<void> {
    mkdirSync(at('tmp'), { recursive: true });
    expect(everyByte(at('lake'))).to.match(trace);
    const { code, stderr } = await runProgram([...forget, at('lake')], { TMPDIR: at('tmp') });
    expect([code, stderr]).to.deep.equal([0, '']);
    rmSync(at('result.html'), { force: true });
    const report = await runCli(['report', '--lake', at('lake'), '--out', at('result.html')]);
    const queries = ['most-active-users', 'who-replies-to-whom', 'messages-per-user-per-day', 'reactions'];
    const results: CliRun[] = [];
    for (const query of queries) results.push(await runCli(['query', query, '--lake', at('lake')]));
    expect([report, ...results].map(({ code }) => code)).to.deep.equal([0, 0, 0, 0, 0]);
    const all = [everyByte(at('lake')), everyByte(at('tmp')), readFileSync(at('result.html'), 'utf8')];
    all.push(JSON.stringify([await rows(), await events()]));
    for (const text of [...all, ...results.map(({ stdout }) => stdout)])
      expect(text.match(trace)).to.equal(null);
  }

  const rows = async () => parquetRows(await lake.enriched.getObject(enrichedKey('2026-11-22')));
  const events = async () => parquetRows(await lake.enriched.getObject(eventsKey('2026-11-22')), eventTable);
});

/** For each name the id that stands beside it. */
const idBeside: Readonly<Record<string, string>> = {
  from: 'from_id',
  actor: 'actor_id',
  forwarded_from: 'forwarded_from_id',
  to: 'to_id',
  peer_name: 'peer_id',
  boost_peer_name: 'boost_peer_id',
};

/** An exported message of a bystander with the person at a place: alone, or with the name beside the id. */
function exportedWith(form: Form, place: Position, messageId: number, hasBoth: boolean): object {
  const { member } = place;
  const fields = planted(form, place, marked[place.form.name]?.[0] ?? null, byOthers, () => 0) as object;
  const pair = Object.entries(idBeside).find((each) => each.includes(member));
  const both = pair && hasBoth ? { [pair[0]]: name, [pair[1]]: `user${id}` } : {};
  const sender = /^(from|actor)(_id)?$/.test(member) ? { from: undefined, from_id: undefined } : bystander;
  const service = place.parent === 'ExportedMessageForm' && !messageMembers.test(member);
  const kind = service && { type: 'service', action: member === 'members' ? 'invite_members' : 'a_deed' };
  return exported(messageId, { ...sender, ...kind, ...fields, ...both });
}

const bystander = { from: 'Bia', from_id: 'user77' };
/** Members that service messages do not have. */
const messageMembers = /^(from|author|forwarded_from|saved_from|reply_to_peer|via_bot|contact|text)/;

/** Every file below a folder, with its name, unpacked where it is packed, as one text. */
function everyByte(folder: string): string {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => {
    const path = join(folder, file);
    if (statSync(path).isDirectory()) return file;
    const bytes = readFileSync(path);
    return `${file}\n${(file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')}`;
  });
  return texts.join('\n');
}
