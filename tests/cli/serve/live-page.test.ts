import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import sinon from 'sinon';
import { type LivePage, livePage } from '../../../src/cli/serve/live-page.ts';
import { type LocalServer, startLocalServer } from '../../../src/cli/serve/local-server.ts';
import { createLake, type LocalLake } from '../../../src/lake/lake.ts';
import { livePagePolicy } from '../../../src/report/page/page.ts';
import { message } from '../../../tools/fixtures/message-rows.ts';
import { fillEnriched } from '../../support/enriched-folder.ts';
import { rejection } from '../../support/rejection.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { until } from '../../support/until.ts';

describe('the live page of a lake', () => {
  const folder = temporaryFolder();
  let lake: LocalLake;
  let live: LivePage;
  beforeEach(() => {
    lake = createLake(folder(), undefined);
    live = livePage(lake, { pause: 3_000 });
  });

  const hold = (messages: number) =>
    fillEnriched(
      join(folder(), 'enriched'),
      Array.from({ length: messages }, (_, at) => message({ message_id: at + 1, text: 'Bom dia' })),
    );
  const messagesIn = (page: string) => Number(/<dt>messages?<\/dt><dd>(\d+)/.exec(page)?.[1]);

  it('is the report, with its line of script, and has the rows of the lake as it is', async () => {
    await hold(2);
    const page = await live.page('en');
    expect(page)
      .to.match(/^<!doctype html>\n<html lang="en-GB">/)
      .and.contain('<script>');
    expect(messagesIn(page)).to.equal(2);
    expect(await live.page('pt')).to.contain('<html lang="pt-BR">');
  });

  it('has a page of each group, with links to the others, and none where there is one group', async () => {
    await hold(1);
    expect(await live.page('en')).to.not.contain('class="chooser"');
    await fillEnriched(join(folder(), 'enriched'), [
      ...[1, 2].map((id) => message({ message_id: id, chat_id: -1001, chat_title: 'Turma <44>' })),
      message({ message_id: 3, chat_id: -1002, chat_title: 'Turma 45' }),
      message({ message_id: 4, chat_id: 7, chat_type: 'private', chat_title: null }),
    ]);
    live.changed();
    const whole = await live.page('en');
    expect(messagesIn(whole)).to.equal(4);
    expect(whole)
      .to.contain('<b aria-current="page">All groups</b>')
      .and.contain('?lang=en&amp;chat=-1001">Turma &lt;44&gt;');
    const one = await live.page('pt', -1001);
    expect(one).to.contain('<h1>Turma &lt;44&gt;</h1>').and.contain('<a href="?lang=pt">Todos os grupos</a>');
    expect(one).to.match(/<dt>mensagens<\/dt><dd>2</);
    expect(messagesIn(await live.page('en', -5))).to.equal(4);
  });

  it('is made once, however many ask at once and later, until the lake has changed', async () => {
    await hold(1);
    const build = sinon.spy(lake.raw, 'listObjects').withArgs('quarantine/');
    const asked = await Promise.all([live.page('en'), live.page('en')]);
    asked.push(await live.page('en'));
    expect(new Set(asked).size).to.equal(1);
    const once = build.callCount;
    live.changed();
    await live.page('en');
    expect([once, build.callCount]).to.deep.equal([once, 2 * once]);
  });

  it('has no row that another program has taken out of the lake, and tells those who listen', async () => {
    await hold(2);
    live = livePage(lake, { pause: 3_000, lookEvery: 20 });
    expect(messagesIn(await live.page('en'))).to.equal(2);
    const told = sinon.spy();
    const stop = live.onChange(told);
    await hold(1);
    await until(() => told.callCount > 0);
    expect(messagesIn(await live.page('en'))).to.equal(1);
    stop();
    const { callCount } = told;
    await hold(2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told.callCount).to.equal(callCount);
  });

  it('is made again for the next request after a failure', async () => {
    const path = join(folder(), 'enriched', 'telegram');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'not a folder');
    expect((await rejection(live.page('en'))).message).to.match(/enriched.telegram/);
    rmSync(path);
    await hold(1);
    expect(messagesIn(await live.page('en'))).to.equal(1);
  });

  describe('to those who listen', () => {
    let clock: sinon.SinonFakeTimers;
    beforeEach(() => {
      clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    });
    afterEach(() => clock.restore());

    it('tells of a change at once, and of all others of some seconds together, after them', () => {
      const [one, other] = [sinon.spy(), sinon.spy()];
      live.onChange(one);
      live.onChange(other);
      live.changed();
      expect([one.callCount, other.callCount]).to.deep.equal([1, 1]);
      live.changed();
      clock.tick(2_999);
      live.changed();
      expect(one.callCount).to.equal(1);
      clock.tick(1);
      expect([one.callCount, other.callCount]).to.deep.equal([2, 2]);
      clock.tick(10_000);
      expect(one.callCount).to.equal(2);
      live.changed();
      expect(one.callCount).to.equal(3);
    });

    it('tells of a change that came while their page was made, which they could not hear of', async () => {
      await hold(1);
      const [told, content] = [sinon.spy(), sinon.spy()];
      const build = sinon.spy(lake.raw, 'listObjects').withArgs('quarantine/');
      const asked = live.page('en');
      while (build.callCount === 0) await new Promise((resolve) => setImmediate(resolve));
      live.changed();
      await asked;
      live.onChange(told);
      clock.tick(3_000);
      expect(told.callCount).to.equal(1);
      await live.page('en');
      live.onChange(content);
      clock.tick(10_000);
      expect(content.callCount).to.equal(0);
    });

    it('tells nobody who has left, and nothing of what was before they came', () => {
      const [gone, late] = [sinon.spy(), sinon.spy()];
      live.changed();
      const leave = live.onChange(gone);
      clock.tick(10_000);
      expect(gone.callCount).to.equal(0);
      leave();
      live.onChange(late);
      live.changed();
      clock.tick(3_000);
      expect([gone.callCount, late.callCount]).to.deep.equal([0, 1]);
    });
  });
});

describe('the live page over HTTP', () => {
  let server: LocalServer;
  let told: (() => void)[];
  let pageOf: LivePage['page'];
  const start = () =>
    startLocalServer({
      webhook: undefined,
      anyHost: false,
      port: 0,
      onTaken: () => {},
      live: {
        page: (language) => pageOf(language),
        changed: () => {},
        onChange: (tell) => {
          told.push(tell);
          return () => {
            told = told.filter((other) => other !== tell);
          };
        },
      },
    });
  beforeEach(async () => {
    told = [];
    pageOf = async (language) => `<p>Olá, ${language}`;
    server = await start();
  });
  afterEach(() => server.close());

  it('is in English, and in Portuguese where one asks for it', async () => {
    const textAt = async (path: string) => (await fetch(`${server.url}${path}`)).text();
    expect(await textAt('/')).to.equal('<p>Olá, en');
    expect(await textAt('/?lang=pt')).to.equal('<p>Olá, pt');
    expect(await textAt('/?lang=<script>')).to.equal('<p>Olá, en');
  });

  it("comes under the page's policy, in no frame, and is kept nowhere", async () => {
    const { status, headers } = await fetch(server.url);
    expect(status).to.equal(200);
    const expected = {
      'content-type': 'text/html; charset=utf-8',
      'content-length': '11',
      'content-security-policy': `${livePagePolicy}; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    };
    for (const [name, value] of Object.entries(expected)) expect(headers.get(name), name).to.equal(value);
  });

  it('has a head without a body, and takes nothing else', async () => {
    for (const path of ['/', '/changes']) {
      const head = await fetch(`${server.url}${path}`, { method: 'HEAD' });
      expect([head.status, await head.text()]).to.deep.equal([200, '']);
      const put = await fetch(`${server.url}${path}`, { method: 'POST', body: 'x' });
      expect([put.status, put.headers.get('allow')]).to.deep.equal([405, 'GET, HEAD']);
    }
    expect(told).to.deep.equal([]);
    expect((await fetch(`${server.url}/page`)).status).to.equal(404);
  });

  it('answers to names of this machine alone, so that no other site reads it by a name that leads here', async () => {
    const { port } = new URL(server.url);
    const statusFor = (host: string, path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request({ host: '127.0.0.1', port, path, method: 'HEAD', headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    for (const path of ['/', '/changes']) {
      for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'localhost'])
        expect(await statusFor(host, path), host).to.equal(200);
      for (const host of [
        'evil.example',
        `evil.example:${port}`,
        '127.0.0.1.evil.example',
        'localhost:1@evil.example',
      ])
        expect(await statusFor(host, path), host).to.equal(403);
    }
  });

  it('is 500 without a word of the reason where it cannot be made', async () => {
    pageOf = async () => {
      throw new Error('secret reason');
    };
    const response = await fetch(server.url);
    expect([response.status, await response.text()]).to.deep.equal([500, '']);
  });

  it('tells a browser of each change as an event, until it leaves', async () => {
    const left = new AbortController();
    const response = await fetch(`${server.url}/changes`, { signal: left.signal });
    expect(response.headers.get('content-type')).to.equal('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let times = 0; times < 2; times++) {
      for (const tell of told) tell();
      expect((await reader?.read())?.value).to.equal('data: changed\n\n');
    }
    expect(told).to.have.length(1);
    left.abort();
    await until(() => told.length === 0);
  });

  it('ends what it tells when the server stops', async () => {
    const response = await fetch(`${server.url}/changes`);
    await server.close();
    expect(await response.text()).to.equal('');
    await until(() => told.length === 0);
    server = await start();
  });
});
