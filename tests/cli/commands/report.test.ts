import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLake } from '../../../src/lake/lake.ts';
import { quarantineKey } from '../../../src/lake/object-keys.ts';
import { messageUpdate } from '../../../tools/fixtures/updates.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { postedLake } from './posted-lake.ts';

/** As many as the page needs to say something of reactions. */
const reactions = Array.from({ length: 10 }, (_, at) => ({
  update_id: 900_001 + at,
  message_reaction: {
    chat: { id: -1001234567890, type: 'supergroup' },
    message_id: 1,
    date: 1_795_359_700 + at,
    user: { id: 4300 + at, is_bot: false, first_name: 'Bia' },
    old_reaction: [],
    new_reaction: [{ type: 'emoji', emoji: '🦩' }],
  },
}));

const people = ['Jussara', 'Bruna', 'Tiago'];
const from = (user: number) => ({
  id: 4200 + user,
  is_bot: false,
  first_name: people[user],
  username: `username_${user}`,
});

/** Three people, one of whom asks; reactions. */
const updates = [
  messageUpdate(1, { from: from(1), text: 'Particular' }),
  messageUpdate(2, { from: from(2), text: 'Particular' }),
  messageUpdate(3, { from: from(0), text: 'Onde fica o segredo?' }),
  ...reactions,
];

describe('telegram-lake report', () => {
  const folder = temporaryFolder();
  const out = () => join(folder(), 'page.html');
  const page = () => readFileSync(out(), 'utf8');

  /** With a key for pseudonyms of its own. */
  const report = (...args: string[]) =>
    runCli(['report', ...args], { XDG_CONFIG_HOME: join(folder(), 'config') });
  const reportOf = (...args: string[]) => report('--lake', folder(), '--out', out(), ...args);

  it('writes the page of a lake, and says where it is, how large, and what it shows', async () => {
    await postedLake(folder(), updates);
    const { code, stdout, stderr } = await runCli(['report', '--lake', folder(), '--out', out()]);
    expect([code, stderr]).to.deep.equal([0, '']);
    const kilobytes = Math.round(statSync(out()).size / 1000);
    expect(stdout).to.equal(
      `${out()}: ${kilobytes} kB, for any browser. It shows what people wrote: share it as you would the chat.\n`,
    );
    expect(page()).to.match(/^<!doctype html>\n<html lang="en-GB">/);
    for (const shown of [...people, 'Onde fica o segredo?', '🦩']) expect(page()).to.contain(shown);
  });

  it('writes report.html into the folder it is called in, in place of an older one', async () => {
    createLake(folder(), undefined);
    const before = process.cwd();
    process.chdir(folder());
    try {
      for (const args of [['--lang', 'pt', '--title', 'older'], []]) {
        expect((await report('--lake', '.', ...args)).output).to.match(/^report\.html: \d+ kB/);
      }
    } finally {
      process.chdir(before);
    }
    const newer = readFileSync(join(folder(), 'report.html'), 'utf8');
    expect(newer)
      .to.match(/^<!doctype html>/)
      .and.not.contain('older');
  });

  it('overwrites nothing that is no page, and says so before it looks at the lake', async () => {
    createLake(folder(), undefined);
    const raw = join(folder(), 'raw', 'telegram', 'context_date=2026-11-22');
    mkdirSync(raw, { recursive: true });
    const notes = join(folder(), 'notes.html');
    writeFileSync(notes, '<!doctype html>\n<html lang="en">\n<title>Notes of mine</title>\n');
    symlinkSync('lake.json', join(folder(), 'link.html'));
    const lakeNote = readFileSync(join(folder(), 'lake.json'), 'utf8');
    const refused: [out: string, message: RegExp][] = [
      [join(folder(), 'lake.json'), /is a file of a lake, and would be lost/],
      [join(folder(), 'link.html'), /is a file of a lake, and would be lost/],
      [join(raw, 'page.html'), /is a file of a lake, and would be lost/],
      [notes, /notes\.html is there already, and is no page of telegram-lake\. It was left as it is/],
      [raw, /is a file of a lake|is a folder/],
      [folder(), /must name a file, and .* is a folder/],
      [`${folder()}/`, /must name a file, and .* is a folder/],
      ['', /--out must name a file/],
      [join(folder(), 'none', 'page.html'), /there is no folder .*none; make it first/],
      [join(notes, 'page.html'), /there is no folder .*notes\.html; make it first/],
    ];
    for (const [path, message] of refused) {
      const { code, stdout, stderr } = await report('--lake', '/nonexistent', '--out', path);
      expect([code, stdout], path).to.deep.equal([2, '']);
      expect(stderr, path)
        .to.match(message)
        .and.match(/^telegram-lake: [^\n]+\n$/);
    }
    expect(readFileSync(join(folder(), 'lake.json'), 'utf8')).to.equal(lakeNote);
    expect(readFileSync(notes, 'utf8')).to.contain('Notes of mine');
    expect(readdirSync(raw)).to.deep.equal([]);
  });

  it('writes through a link to an older page, into an empty file and to the terminal', async () => {
    createLake(folder(), undefined);
    writeFileSync(out(), '');
    expect((await reportOf()).code).to.equal(0);
    symlinkSync('page.html', join(folder(), 'link.html'));
    expect(
      (await report('--lake', folder(), '--out', join(folder(), 'link.html'), '--title', 'T7')).code,
    ).to.equal(0);
    expect(page()).to.contain('<h1>T7</h1>');
    expect(statSync(out()).mode & 0o777).to.equal(0o600);
    expect((await report('--lake', folder(), '--out', '/dev/null')).code).to.equal(0);
    expect(
      readdirSync(folder())
        .filter((name) => name.includes('html'))
        .sort(),
    ).to.deep.equal(['link.html', 'page.html']);
  });

  it('writes it in the language and under the title that it is told', async () => {
    await postedLake(folder(), updates);
    expect((await reportOf('--lang', 'pt', '--title', 'Turma <7>')).code).to.equal(0);
    expect(page()).to.contain('<html lang="pt-BR">').and.contain('<h1>Turma &lt;7&gt;</h1>');
  });

  it('writes nobody into it with --anonymous, and says so', async () => {
    await postedLake(folder(), updates);
    const { code, output } = await reportOf('--anonymous');
    expect(code).to.equal(0);
    expect(output).to.contain('It shows what people wrote only in common, under pseudonyms.');
    for (const secret of [
      ...people,
      'username_',
      '4200',
      '4201',
      '4202',
      '1234567890',
      'segredo',
      'Particular',
    ])
      expect(page()).not.to.contain(secret);
    expect(page()).to.contain('🦩');
  });

  it('gives people the same pseudonyms again, and others on a machine with another key', async () => {
    await postedLake(folder(), updates);
    const pseudonyms = async () => {
      await reportOf('--anonymous');
      const [, figure = ''] = /<figure id="most-active-users">([\s\S]*?)<\/figure>/.exec(page()) ?? [];
      return [...figure.matchAll(/<tr><td><bdi>(.*?)<\/bdi>/g)].map(([, name]) => name);
    };
    const first = await pseudonyms();
    expect(first).to.have.length(3);
    expect(await pseudonyms()).to.deep.equal(first);
    writeFileSync(join(folder(), 'config', 'telegram-lake', 'pseudonyms.key'), new Uint8Array(32));
    expect(await pseudonyms()).not.to.have.any.members(first);
  });

  it('makes no key where nobody is hidden', async () => {
    createLake(folder(), undefined);
    expect((await reportOf()).code).to.equal(0);
    expect(readdirSync(folder())).to.not.include('config');
  });

  it('tells of bodies in quarantine, and when the newest day was built', async () => {
    const lake = await postedLake(folder(), updates);
    for (const at of [1, 2])
      await lake.raw.putObject(quarantineKey(1_795_359_600 + at, `${at}`, lake.timeZone), Buffer.from('{'));
    await reportOf();
    expect(page()).to.match(/requests that did not come from Telegram<\/dt>\s*<dd>2<\/dd>/);
    expect(page()).to.match(/last updated<\/dt>\s*<dd>\d+ \w+ \d{4} at \d\d:\d\d<\/dd>/);
  });

  it('writes a page of a lake without messages, and of one message', async () => {
    createLake(folder(), undefined);
    expect((await reportOf()).code).to.equal(0);
    expect(page()).to.contain('The lake has no messages yet.');
    await postedLake(folder(), [messageUpdate(1)]);
    expect((await reportOf()).code).to.equal(0);
    expect(page()).to.contain('<dt>message</dt><dd>1</dd>');
  });

  const wrong: [args: string[], message: RegExp][] = [
    [['--lake', '/nonexistent/lake'], /there is no lake in \/nonexistent\/lake; npm start makes one/],
    [['--lang', 'de'], /argument 'de' is invalid\. Allowed choices are en, pt\./],
    [['--stack', 'a', '--lake', 'b'], /'--stack <name>' cannot be used with option '--lake <folder>'/],
    [['group'], /too many arguments/],
  ];
  for (const [args, message] of wrong) {
    it(`ends with 2 and one line, and writes nothing: ${args.join(' ')}`, async () => {
      createLake(folder(), undefined);
      const all = args.includes('--lake') ? args : ['--lake', folder(), ...args];
      const { code, output } = await report(...all, '--out', out());
      expect(code).to.equal(2);
      expect(output)
        .to.match(message)
        .and.match(/^telegram-lake: [^\n]+\n$/);
      expect(readdirSync(folder())).to.not.include('page.html');
    });
  }

  const failing: [what: string, prepare: () => string[], message: RegExp][] = [
    [
      'the key is none',
      () => {
        mkdirSync(join(folder(), 'config', 'telegram-lake'), { recursive: true });
        writeFileSync(join(folder(), 'config', 'telegram-lake', 'pseudonyms.key'), 'short');
        return ['--anonymous'];
      },
      /pseudonyms\.key is no key of 32 bytes; delete it for a new one/,
    ],
  ];
  for (const [what, prepare, message] of failing) {
    it(`ends with 1 and one line where ${what}`, async () => {
      createLake(folder(), undefined);
      const { code, output } = await reportOf(...prepare());
      expect(code).to.equal(1);
      expect(output)
        .to.match(message)
        .and.match(/^telegram-lake: [^\n]+\n$/);
      expect(readdirSync(folder())).to.not.include('page.html');
    });
  }
});
