import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { MessageRow } from '../../../src/lake/columns.ts';
import type { Results, ResultTable } from '../../../src/query/query-runner.ts';
import { contentSecurityPolicy, livePagePolicy } from '../../../src/report/page/page.ts';
import { type ReportOptions, report } from '../../../src/report/report.ts';
import { sectionNames } from '../../../src/report/sections.ts';
import { message, timeZone } from '../../../tools/fixtures/message-rows.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { charts, reportAnswers } from '../../support/report-answers.ts';
import { resultTable } from '../../support/result-table.ts';

const key = new Uint8Array(32).fill(7);

const pageOf = (results: Results, options: Partial<ReportOptions> = {}, drawn = charts) =>
  report(results, drawn, { language: 'en', timeZone, now: 1_795_402_800, ...options });

const names = ['Jussara', 'Bruna', 'Tiago', 'Wanderléia'];

/** Three weeks of four people: all ask the same, two of them besides what nobody else asks; one topic. */
const group: readonly MessageRow[] = Array.from({ length: 400 }, (_, at) => {
  const user = (at * 7) % 4;
  return message({
    message_id: 1000 + at,
    at: `2026-11-${String(1 + (at % 21)).padStart(2, '0')} ${String(8 + (at % 12)).padStart(2, '0')}:15`,
    user_id: 76_033_917_254 + user,
    user_first_name: names[user] ?? null,
    user_username: `username_of_${user}`,
    message_thread_id: at % 5 === 0 ? 1000 : null,
    text:
      at % 5 === 1
        ? 'Quando entregamos trabalhos?'
        : user < 2 && at % 9 === 0
          ? `Segredo inconfessável ${at}, alguém sabe?`
          : `Resposta particular ${at}`,
    ...(at % 3 === 2 && { reply_to_message_id: 999 + at }),
  });
});

describe('the page of the report', function () {
  // Charts are drawn; the first one loads Vega.
  this.timeout(60_000);
  let answers: Map<string, ResultTable>;
  let named: string;
  let hidden: string;
  before(async () => {
    answers = await reportAnswers(group);
    answers.set(
      'reactions',
      resultTable(
        'reaction varchar, reaction_amount bigint, message_amount bigint, user_amount bigint',
        ['👍', 12, 9, 3],
        ['❤', 1, 1, 1],
      ),
    );
    named = await pageOf(answers);
    hidden = await pageOf(answers, { pseudonymKey: key });
  });

  /** This group has no bot. */
  const withoutBot = charts.filter(({ section }) => section !== 'bot');

  it('has a part on the bot where there is one, and else no word of it', async () => {
    const bot = { user_id: 99, user_is_bot: true, user_first_name: 'Helper' };
    const asked = ['banco', 'rede', 'disco', 'tela', 'som'].map((word, index) =>
      message({ message_id: index + 1, text: `Como configuro o meu ${word} aqui?` }),
    );
    const commands = ['/start', '/help'].map((text, index) => message({ message_id: 10 + index, text }));
    const reply = message({ message_id: 20, text: 'Assim.', reply_to_message_id: 1, ...bot });
    const page = await pageOf(await reportAnswers([...asked, ...commands, reply]));
    expect(page)
      .to.contain('<h2 id="bot-title">The bot</h2>')
      .and.contain('Of 5 questions, a bot alone answered 20%, people alone 0%, both 0%, and nobody 80%.')
      .and.contain('<figure id="bot-commands">')
      .and.contain('Buttons pressed (none yet)');
    expect(await pageOf(await reportAnswers(asked))).not.to.contain('Buttons pressed');
  });

  it('draws every chart, for a desk and for a phone, in the order of the story', () => {
    const figures = [...named.matchAll(/<figure id="([\w-]+)">([\s\S]*?)<\/figure>/g)];
    const drawn = figures.filter(([, , figure]) =>
      /<svg [^>]*class="wide"[\s\S]*<svg [^>]*class="narrow"/.test(figure ?? ''),
    );
    expect(drawn.map(([, id]) => id)).to.deep.equal(withoutBot.map(({ id }) => id));
    const ids = figures.map(([, id]) => id);
    expect(ids.filter((id) => !drawn.some(([, of]) => of === id))).to.deep.equal([
      'most-frequent-questions',
      'open-questions',
      'data-quality',
    ]);
    expect(ids.at(-1)).to.equal('data-quality');
  });

  it('leads from its contents to each part, and has each id once', () => {
    const [, contents = ''] = /<nav [^>]*>(.*?)<\/nav>/.exec(named) ?? [];
    const led = [...contents.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id);
    expect(led).to.deep.equal(sectionNames.filter((name) => !['more', 'bot', 'groups'].includes(name)));
    const ids = [...named.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).to.deep.equal([...new Set(ids)]);
    expect(ids).to.include.members(led);
    for (const [, id] of named.matchAll(/(?:href="#|aria-(?:describedby|labelledby)="|url\(#)([\w-]+)/g))
      expect(ids).to.include(id);
  });

  it('has a sentence for each figure, and says of each whether it tells something', () => {
    const sentences = [
      ...named.matchAll(/<p class="(finding|finding untold)" id="([\w-]+)-finding">([^<]+)<\/p>/g),
    ];
    expect(sentences).to.have.length(withoutBot.length + 3);
    const untold = sentences.filter(([, of]) => of === 'finding untold').map(([, , id]) => id);
    expect(untold).to.deep.equal([]);
  });

  it('is in the language it is asked for, from the first to the last word', async () => {
    const portuguese = await pageOf(answers, { language: 'pt' });
    expect(portuguese).to.match(/^<!doctype html>\n<html lang="pt-BR">/);
    expect(portuguese)
      .to.contain('<title>A história de um grupo</title>')
      .and.contain('Feito em 23 de novembro de 2026');
    expect(named).to.match(/^<!doctype html>\n<html lang="en-GB">/);
    const words = (page: string) =>
      new Set(
        withoutStyle(page)
          .replaceAll(/<[^>]*>|telegram-lake query \S+/g, ' ')
          .match(/[A-Za-zÀ-ú]{4,}/g) ?? [],
      );
    const english = [
      'messages',
      'people',
      'days',
      'replies',
      'table',
      'Content',
      'November',
      'Monday',
      'share',
      'than',
      'most',
    ];
    expect(words(named)).to.include.all.keys(english);
    for (const word of english) expect(words(portuguese).has(word), word).to.equal(false);
  });

  it('is headed by its title, on one line, as text', async () => {
    const title = ' <b>Turma\n7</b>\u202e ';
    const page = await pageOf(answers, { title }, []);
    expect(page)
      .to.contain('<title>&lt;b&gt;Turma 7&lt;/b&gt;</title>')
      .and.contain('<h1>&lt;b&gt;Turma 7&lt;/b&gt;</h1>');
    expect(await pageOf(answers, { title: '\u200b' }, [])).to.contain('<h1>The story of a group</h1>');
  });

  it('tells people of the same name apart, in the chart as in the table', async () => {
    const activity = resultTable(
      'user_id bigint, user_first_name varchar, message_amount bigint',
      [12, 'Ana', 9],
      [11, 'Ana', 7],
      [13, 'Bia', 1],
    );
    const page = await pageOf(
      new Map([...answers, ['most-active-users', activity]]),
      {},
      charts.filter(({ id }) => id === 'most-active-users'),
    );
    const people = ['Ana (2)', 'Ana', 'Bia'];
    expect(cellsOf(page, 'most-active-users', 0)).to.deep.equal(people);
    const [svg = ''] = /<svg [^>]*class="wide"[\s\S]*?<\/svg>/.exec(page) ?? [];
    expect([...svg.matchAll(/<title>(.*?)<\/title>/g)].map(([, title]) => title)).to.deep.equal([
      'Ana (2) · 9 messages',
      'Ana · 7 messages',
      'Bia · 1 messages',
    ]);
  });

  it('says when it was made, by the clock of the lake', () => {
    expect(named).to.contain('Made on 23 November 2026 at 00:00 from the saved queries of this lake.');
  });

  it('shows of a long result sixty rows, and how to have all', () => {
    const rows = Array.from({ length: 61 }, (_, at) => [`term ${at}`, 100 - at, 3, 'x']);
    const terms = resultTable(
      'term varchar, question_amount bigint, user_amount bigint, example varchar',
      ...rows,
    );
    return pageOf(
      new Map([...answers, ['question-terms', terms]]),
      {},
      charts.filter(({ id }) => id === 'question-terms'),
    ).then((page) => {
      const [figure = ''] = /<figure id="question-terms">[\s\S]*?<\/figure>/.exec(page) ?? [];
      expect(figure.match(/<tr><td>/g)).to.have.length(60);
      expect(figure).to.contain(
        'The first 60 of 61 rows. All of them: telegram-lake query question-terms --format csv',
      );
      expect(figure).to.contain('<th scope="col">term</th><th scope="col" class="n">questions</th>');
    });
  });

  describe('of few messages', () => {
    it('says that the lake is empty, and shows nothing else', async () => {
      const page = await pageOf(await reportAnswers([]));
      expect(page).to.contain('The lake has no messages yet.');
      expect(page).not.to.match(/<figure|<nav|<section|NaN|Invalid/);
      expect(await pageOf(await reportAnswers([]), { language: 'pt' })).to.contain(
        'O lake ainda não tem mensagens.',
      );
    });

    for (const [what, fields] of [
      ['one message', { text: 'Bom dia' }],
      ['one message without words', {}],
      ['one message of nobody', { user_id: null, user_first_name: null, text: 'Onde fica a sala?' }],
    ] as const) {
      it(`names in one line what there is too little data for: ${what}`, async () => {
        const page = await pageOf(await reportAnswers([message(fields)]));
        expect(page.match(/<figure /g)).to.have.length(what === 'one message of nobody' ? 2 : 1);
        const [, line = ''] = /<p class="note" id="not-enough-data">([^<]*)<\/p>/.exec(page) ?? [];
        expect(line).to.match(/^Not enough data yet for: /);
        expect(line).to.contain('The calendar (7 days) · ').and.to.contain('Reactions (none yet)');
        expect(withoutStyle(page)).not.to.match(/NaN|undefined|\bnull\b|Invalid|Infinity/);
      });
    }

    it('is about a group of two people and ten messages: who wrote, and what kind', async () => {
      const rows = Array.from({ length: 10 }, (_, at) =>
        message({
          message_id: at + 1,
          user_id: 1 + (at % 2),
          user_first_name: at % 2 ? 'Bia' : 'Ana',
          text: `Oi ${at}`,
        }),
      );
      const page = await pageOf(await reportAnswers(rows));
      expect(page).to.contain('Ana wrote most: 5 of 10 messages.');
      expect(page.match(/id="not-enough-data"/g)).to.have.length(1);
      expect(page).not.to.match(/class="finding"[^>]*>(Nothing yet|Not enough data)/);
    });
  });

  describe('in a browser', () => {
    it('allows its style and nothing else, by the digest of the style as it stands there', () => {
      const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(named) ?? [];
      expect(contentSecurityPolicy).to.equal(
        `default-src 'none'; style-src ${digestOf(style)}; base-uri 'none'; form-action 'none'`,
      );
      expect(policyIn(named)).to.equal(contentSecurityPolicy);
      expect(style)
        .to.have.length.above(1_000)
        .and.not.match(/url\(|@import|</);
      expect(named).not.to.contain('<script');
    });

    it('runs, as a live page, one script besides, which is known by its digest, and asks its own server', async () => {
      const live = await pageOf(answers, { isLive: true }, []);
      const scripts = [...live.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) => script ?? '');
      expect(scripts).to.have.length(1);
      expect(policyIn(live)).to.equal(livePagePolicy);
      expect(livePagePolicy).to.equal(
        `${contentSecurityPolicy}; script-src ${digestOf(scripts[0] ?? '')}; connect-src 'self'`,
      );
    });

    it('has elements and attributes of its own alone, none of which runs or requests anything', () => {
      expectOwnMarkup(named);
      expectOwnMarkup(hidden);
    });

    it('leads out of itself to messages in Telegram alone, and without names nowhere', () => {
      const links = [...named.matchAll(/<a href="([^#][^"]*)"([^>]*)>/g)];
      expect(links).to.have.length.above(3);
      for (const [, target, rest] of links) {
        expect(target).to.match(/^https:\/\/t\.me\/c\/1234567890\/\d+$/);
        expect(rest).to.equal(' rel="noreferrer noopener"');
      }
      expect(hidden).not.to.match(/https?:|t\.me/);
    });
  });

  describe('without names', () => {
    const secrets = [
      ...names,
      ...[0, 1, 2, 3].flatMap((user) => [`username_of_${user}`, String(76_033_917_254 + user)]),
      ...['Segredo', 'inconfessável', 'particular', 'Resposta', '1234567890', 'chat_id', '>1000<'],
    ];
    const plainOf = (page: string) => page.normalize('NFC').toLowerCase();

    it('has nobody, no user name, no id and nothing that only one person wrote', () => {
      for (const secret of secrets) expect(plainOf(hidden), secret).not.to.contain(plainOf(secret));
      expect(hidden).to.contain('Names are pseudonyms.');
    });

    it('has them with names, where one would look for them', () => {
      for (const secret of [...names, 'username_of_3', 'Segredo inconfessável'])
        expect(named).to.contain(secret);
      expect(named).not.to.contain('Names are pseudonyms.');
    });

    it('has the words that at least three people wrote', () => {
      expect(hidden).to.contain('quando entregamos trabalhos');
    });

    it('has no time of day of a question', () => {
      const [, figure = ''] = /<figure id="open-questions">([\s\S]*?)<\/figure>/.exec(hidden) ?? [];
      expect(figure)
        .to.contain('still open')
        .and.not.match(/\d\d:\d\d/);
    });

    it('calls each person by one pseudonym in all charts, tables and sentences', () => {
      const writers = new Set(cellsOf(hidden, 'most-active-users', 0));
      expect(writers).to.have.property('size', 4);
      for (const place of [0, 1]) {
        const repliers = cellsOf(hidden, 'who-replies-to-whom', place);
        expect(repliers).to.have.length.above(3);
        for (const name of repliers) expect(writers).to.include(name);
      }
      const pseudonyms = withoutStyle(hidden)
        .match(/\b[A-Z][a-z]+ \d{3,4}\b/g)
        ?.filter((name) => !/ 2026$/.test(name));
      const known = [...writers].filter((name) => /\d{3,4}$/.test(name));
      expect([...new Set(pseudonyms)]).to.have.members(known);
    });

    it('counts pairs that reply to each other as with names', () => {
      const sentenceOf = (page: string) => {
        const [, times, rest] =
          /id="who-replies-to-whom-finding">[^<]*: (\d+ times) to [^.<]*\.([^<]*)</.exec(page) ?? [];
        return `${times}.${rest}`;
      };
      expect(sentenceOf(hidden))
        .to.equal(sentenceOf(named))
        .and.match(/^\d+ times\./);
    });
  });

  describe('of hostile texts', () => {
    /** The results of the group with this text wherever there is one. */
    const filledWith = (textAt: (place: number) => string): Results => {
      let place = 0;
      return new Map(
        [...answers].map(([query, { columns, rows }]) => {
          const kept = /^(period|measure|asked_at|content_type)$/;
          const fills = columns.map(({ name, type }) => type === 'varchar' && !kept.test(name));
          return [
            query,
            {
              columns,
              rows: rows.map((row) => row.map((value, at) => (fills[at] ? textAt(place++) : value))),
            },
          ];
        }),
      );
    };

    for (const pseudonymKey of [undefined, key]) {
      it(`has no markup of theirs, ${pseudonymKey ? 'without' : 'with'} names`, async () => {
        const texts = hostileTexts.map(([, text]) => text);
        const page = await pageOf(
          filledWith((place) => texts[place % texts.length] ?? ''),
          {
            pseudonymKey,
            title: texts[0],
          },
        );
        expectOwnMarkup(page);
        expect(page).to.contain('&lt;/script&gt;');
      });
    }

    it('has no markup of theirs, and no half of a pair, whatever they are', async () => {
      const parts = [
        ...`<>"'&;=/!-[]\`\${}`,
        'script',
        ' onload=',
        'style',
        '\u202e',
        '\ud83d',
        '\u0000',
        '\n',
        'x',
        'مر',
      ];
      const text = fc.array(
        fc.oneof(fc.constantFrom(...parts), fc.string({ unit: 'binary', maxLength: 2 })),
        { maxLength: 12 },
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(text, { minLength: 1, maxLength: 30 }),
          fc.boolean(),
          async (texts, anonymous) => {
            const words = texts.map((some) => some.join(''));
            const results = filledWith((place) => words[place % words.length] ?? '');
            const page = await pageOf(
              results,
              { title: words[0], ...(anonymous && { pseudonymKey: key }) },
              [],
            );
            expectOwnMarkup(page);
          },
        ),
        { numRuns: 60 },
      );
    });
  });
});

const digestOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const policyIn = (page: string) =>
  /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)?.[1]?.replaceAll('&#39;', "'");

const withoutStyle = (page: string) => page.replace(/<style>[\s\S]*?<\/style>/, '');

const ownElements = new Set(
  (
    'html head meta title style body header h1 p dl div dt dd ul li a nav main section h2 figure h3 figcaption details ' +
    'summary table thead tbody tr th td bdi ol q span meter footer svg g path text defs clipPath rect line circle ' +
    'linearGradient stop'
  ).split(' '),
);

const ownAttributes = new Set(
  (
    'lang charset http-equiv content name class href rel id scope tabindex role aria-label aria-labelledby aria-describedby ' +
    'aria-hidden min max value viewBox transform d fill fill-opacity stroke stroke-width stroke-dasharray stroke-opacity ' +
    'text-anchor font-size font-weight opacity clip-path x y x1 y1 x2 y2 width height r offset stop-color stroke-linecap'
  ).split(' '),
);

/**
 * Each `<` begins an element of the page's own, with attributes of its own; a link leads into the page or to a message.
 */
function expectOwnMarkup(page: string): void {
  const markup = withoutStyle(page).replace('<!doctype html>', '');
  expect(markup).not.to.match(/\p{Cs}/u);
  for (const begun of markup.split('<').slice(1)) {
    const [, element = '', attributes = ''] =
      /^\/?([A-Za-z][A-Za-z0-9]*)((?: [\w-]+="[^"<>]*")*)\/?>/.exec(begun) ?? [];
    if (!ownElements.has(element)) expect.fail(`not of the page: <${begun.slice(0, 80)}`);
    for (const [, attribute = '', value = ''] of attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)) {
      if (!ownAttributes.has(attribute))
        expect.fail(`not of the page: ${attribute} in <${begun.slice(0, 80)}`);
      if (attribute === 'href') expect(value).to.match(/^(#[\w-]+|https:\/\/t\.me\/c\/\d+\/\d+)$/);
      expect(value).not.to.match(/url\((?!#)|javascript:/);
    }
  }
}

/** The texts of one column in the table of a figure. */
function cellsOf(page: string, id: string, column: number): string[] {
  const [, figure = ''] = new RegExp(`<figure id="${id}">([\\s\\S]*?)</figure>`).exec(page) ?? [];
  return [...figure.matchAll(/<tr>(<td.*?)<\/tr>/g)].map(
    ([, row = '']) => [...row.matchAll(/<bdi>(.*?)<\/bdi>/g)][column]?.[1] ?? '',
  );
}
