import { expect } from 'chai';
import { checkBot } from '../../../src/cli/bot/bot-check.ts';
import type { Finding } from '../../../src/cli/bot/finding.ts';
import {
  maximumDescriptionLength,
  storageNotices,
  warnsOfStorage,
} from '../../../src/cli/bot/storage-notice.ts';
import { type BotApi, botApi } from '../../../src/telegram/bot-api.ts';
import { BotApiError } from '../../../src/telegram/bot-api-error.ts';
import { type Failure, FakeBotApi } from '../../support/fake-bot-api.ts';
import { rejection } from '../../support/rejection.ts';

const chatId = -1001234567890;
const [notice] = storageNotices;

describe('bot check', () => {
  let telegram: FakeBotApi;
  let api: BotApi;
  beforeEach(async () => {
    telegram = await FakeBotApi.start();
    api = botApi(telegram.token, telegram.root);
  });
  afterEach(() => telegram.close());

  /** What is found, but for the last, which is always the same. */
  const check = (...chats: (number | 'private' | 'all')[]): Promise<Finding[]> =>
    Array.fromAsync(checkBot(api, new Set(chats))).then((findings) => findings.slice(0, -1));
  const join = (bot: object, { description = notice as string, administrators = [] as object[] } = {}) =>
    telegram.chats.set(chatId, {
      chat: { id: chatId, type: 'supergroup', title: 'Course', description },
      administrators: administrators.map((member) => ({ ...member })),
      bot: { user: telegram.me, ...bot },
    });

  it('finds nothing wrong with a bot that reads everything and stays where it is', async () => {
    expect(await check()).to.deep.equal([
      { mark: 'fine', text: '@lake_test_bot answers; its id is 7654321098' },
      { mark: 'fine', text: 'it reads all messages of its groups (privacy mode is off)' },
      { mark: 'fine', text: 'it cannot be added to further groups' },
    ]);
  });

  it('explains last how to hear other bots, which Telegram does not tell of', async () => {
    const last = (await Array.fromAsync(checkBot(api, new Set()))).at(-1);
    expect(last?.mark).to.equal('note');
    expect(last?.advice)
      .to.include('@lake_test_bot')
      .and.include('Bot-to-Bot Communication Mode')
      .and.include('administrator');
  });

  it('warns of privacy mode and of strangers’ groups, and says what to tap', async () => {
    Object.assign(telegram.me, { can_read_all_group_messages: false, can_join_groups: true });
    const [, privacy, groups] = await check();
    expect(privacy?.mark).to.equal('warning');
    expect(privacy?.advice).to.include('Group Privacy, Turn off').and.to.include('add it again');
    expect(groups?.mark).to.equal('warning');
    expect(groups?.advice).to.include('Allow Groups?, Turn groups off');
  });

  it('finds nothing wrong with a group that has it as administrator and a notice for its members', async () => {
    join(
      { status: 'administrator' },
      { administrators: [{ status: 'creator', user: { first_name: 'Ana' } }] },
    );
    expect((await check(chatId)).slice(3)).to.deep.equal([
      { mark: 'fine', text: `${chatId} is the supergroup "Course"` },
      { mark: 'fine', text: 'it is administrator there: it gets all messages, reactions and member changes' },
      { mark: 'fine', text: 'its administrators: Ana (owner)' },
      { mark: 'fine', text: 'its description says that messages are stored' },
    ]);
  });

  it('says that people must know of stored private chats, and what all chats mean for strangers’ groups', async () => {
    Object.assign(telegram.me, { can_join_groups: true });
    const texts = async (...chats: ('private' | 'all')[]) => (await check(...chats)).map(({ text }) => text);
    expect(await texts('private')).to.include('the lake keeps private chats with the bot');
    expect(await texts('all')).to.include.members([
      'the lake keeps private chats with the bot',
      'anyone can add it to their own groups, and the lake then stores those, too: it keeps all chats',
    ]);
  });

  const memberships: [bot: object, readsAll: boolean, mark: Finding['mark'], text: RegExp][] = [
    [{ status: 'creator' }, false, 'fine', /is administrator/],
    [{ status: 'administrator' }, false, 'fine', /is administrator/],
    [{ status: 'member' }, true, 'warning', /reactions and member changes only as administrator/],
    [{ status: 'member' }, false, 'problem', /only commands .* privacy mode is on/],
    [{ status: 'restricted', is_member: true }, true, 'warning', /reactions and member changes/],
    [{ status: 'restricted', is_member: false }, true, 'problem', /not in the group/],
    [{ status: 'left' }, true, 'problem', /not in the group \(left\)/],
    [{ status: 'kicked' }, true, 'problem', /not in the group \(kicked\)/],
  ];
  for (const [bot, readsAll, mark, text] of memberships) {
    it(`finds a ${mark} with ${JSON.stringify(bot)} and privacy mode ${readsAll ? 'off' : 'on'}`, async () => {
      Object.assign(telegram.me, { can_read_all_group_messages: readsAll });
      join(bot);
      const finding = (await check(chatId))[4];
      expect(finding?.mark).to.equal(mark);
      expect(finding?.text).to.match(text);
    });
  }

  it('names administrators, and warns of anonymous ones', async () => {
    const administrators = [
      { status: 'creator', user: { first_name: 'Ana', username: 'ana_of_course' }, is_anonymous: true },
      { status: 'administrator', user: { first_name: 'Bo' } },
    ];
    join({ status: 'administrator' }, { administrators });
    const findings = await check(chatId);
    expect(findings[5]?.text).to.equal('its administrators: @ana_of_course (owner), Bo');
    expect(findings[6]?.text).to.match(/post anonymously/);
  });

  it('gives the text to paste, and the room for it, where a description does not tell of storing', async () => {
    join({ status: 'administrator' }, { description: 'A course on data.' });
    const finding = (await check(chatId)).at(-1);
    expect(finding?.mark).to.equal('warning');
    for (const text of storageNotices) expect(finding?.advice).to.include(text);
    expect(finding?.advice).to.include('room for 238 characters');
  });

  const refusals: [failure: Failure, text: RegExp, advice: RegExp][] = [
    [
      { code: 403, description: 'Forbidden: bot was kicked from the supergroup chat' },
      /bot was kicked/,
      /Add the bot to the group/,
    ],
    [
      {
        code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: -1002345678901 },
      },
      /has become a supergroup, with the id -1002345678901/,
      /Use the new id/,
    ],
  ];
  for (const [failure, text, advice] of refusals) {
    it(`tells of a group that cannot be looked at: ${JSON.stringify(failure)}`, async () => {
      telegram.failNext('getChat', failure);
      const finding = (await check(chatId)).at(-1);
      expect(finding?.mark).to.equal('problem');
      expect(finding?.text).to.match(text);
      expect(finding?.advice).to.match(advice);
    });
  }

  it('tells what ids of groups look like, where a positive one is unknown', async () => {
    expect((await check(1234567890)).at(-1)?.advice).to.include('begins with -100');
  });

  it('looks at each group, whatever is wrong with the first', async () => {
    join({ status: 'administrator' });
    const findings = await check(-42, chatId);
    expect(findings[3]?.mark).to.equal('problem');
    expect(findings[4]?.text).to.include(`${chatId} is the supergroup`);
  });

  it('fails when Telegram does, since that says nothing of the group', async () => {
    telegram.failNext('getChat', { code: 500, description: 'Internal Server Error: restart' });
    expect(await rejection(check(chatId))).to.be.instanceOf(BotApiError);
  });
});

describe('storage notice', () => {
  for (const text of storageNotices) {
    it(`fits a description and is recognised: ${text.slice(0, 30)}…`, () => {
      expect(text.length).to.be.at.most(maximumDescriptionLength);
      expect(warnsOfStorage(text)).to.equal(true);
    });
  }

  const descriptions: [text: string, warns: boolean][] = [
    ['All messages here are recorded for a study.', true],
    ['ATENÇÃO: as mensagens enviadas são ARMAZENADAS.', true],
    ['Mensagens gravadas para análise', true],
    ['Este grupo registra as conversas.', true],
    ['', false],
    ['A course on data.', false],
    ['Read the pinned message.', false],
    ['The store of the course', false],
  ];
  for (const [text, warns] of descriptions) {
    it(`is ${warns ? '' : 'not '}seen in ${JSON.stringify(text)}`, () => {
      expect(warnsOfStorage(text)).to.equal(warns);
    });
  }
});
