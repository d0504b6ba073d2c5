import { expect } from 'chai';
import { UsageError } from '../../../src/base/usage-error.ts';
import {
  checkBotIsKnown,
  checkSameBot,
  type KeepBotOptions,
  keepBot,
  type LakeInFront,
  restoreBot,
} from '../../../src/cli/bot/keep-bot.ts';
import { setWebhook } from '../../../src/cli/bot/webhook-calls.ts';
import { type BotApi, botApi } from '../../../src/telegram/bot-api.ts';
import type { BotWebhook } from '../../../src/telegram/bot-webhook.ts';
import { FakeBotApi } from '../../support/fake-bot-api.ts';
import { rejection } from '../../support/rejection.ts';

const lakeUrl = 'https://abc.execute-api.sa-east-1.amazonaws.com/dev/webhook';
const botUrl = 'https://bot.example.org/webhook';

describe('lake in front of a bot', () => {
  let telegram: FakeBotApi;
  let api: BotApi;
  let kept: BotWebhook | undefined;
  let probed: BotWebhook[];
  beforeEach(async () => {
    telegram = await FakeBotApi.start();
    api = botApi(telegram.token, telegram.root);
    kept = undefined;
    probed = [];
  });
  afterEach(() => telegram.close());

  const lake = (current?: BotWebhook): LakeInFront => ({
    stack: 'my-lake',
    isOwnUrl: (url) => url.replace(/\?.*/, '') === lakeUrl,
    current,
    keep: async (bot) => {
      kept = bot;
    },
  });
  const keep = (changes: Partial<KeepBotOptions> = {}, status?: number) =>
    Array.fromAsync(
      keepBot({
        api,
        lake: lake(),
        askSecret: async () => 'of-the-bot',
        probe: async (bot) => {
          probed.push(bot);
          return status;
        },
        unchecked: false,
        ...changes,
      }),
    );
  const setUpBot = () =>
    api.setWebhook(botUrl, { max_connections: 7, allowed_updates: ['message', 'callback_query'] });
  const ownBot: BotWebhook = {
    url: botUrl,
    secret_token: 'of-the-bot',
    allowed_updates: ['message', 'callback_query'],
    max_connections: 7,
    bot_id: 7654321098,
  };

  it('learns all of the webhook that is set, and leaves it as it is', async () => {
    await setUpBot();
    const findings = await keep({}, 200);
    expect(kept).to.deep.equal(ownBot);
    expect(probed).to.deep.equal([ownBot]);
    expect(findings.map(({ mark }) => mark)).to.deep.equal(['fine']);
    expect(telegram.callsOf('setWebhook')).to.have.length(1);
  });

  it('learns no secret of a bot that expects none, and no kinds where the bot has those by default', async () => {
    telegram.setUpWebhook(botUrl);
    await keep({ askSecret: async () => '' }, 200);
    expect(kept).to.deep.equal({ url: botUrl, max_connections: 40, bot_id: 7654321098 });
  });

  for (const status of [401, 403]) {
    it(`changes nothing where the bot answers ${status} to the secret, unless told to`, async () => {
      await setUpBot();
      const error = await rejection(keep({}, status));
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.include(`answered ${status}`).and.include('Nothing was changed');
      expect(kept).to.equal(undefined);
      await keep({ unchecked: true }, status);
      expect(kept).to.deep.equal(ownBot);
    });
  }

  it('goes on where the bot fails at an update without content, or cannot be reached from here, and says so', async () => {
    await setUpBot();
    expect(await keep({}, 500)).to.have.length(1);
    const [notice] = await keep({}, undefined);
    expect(notice).to.include({ mark: 'note' });
    expect(notice?.text).to.include('bot.example.org cannot be reached from here');
  });

  const impossible: [what: string, setUp: () => unknown, why: RegExp][] = [
    ['where no webhook is set', () => {}, /no webhook is set.*Nothing was changed/],
    [
      'where the certificate is of its own making',
      () => {
        telegram.setUpWebhook(botUrl);
        telegram.webhookState = { has_custom_certificate: true };
      },
      /certificate.*Nothing was changed/,
    ],
    [
      'where updates go to the stack already',
      () => telegram.setUpWebhook(lakeUrl),
      /not known\. Nothing was changed/,
    ],
  ];
  for (const [what, setUp, why] of impossible) {
    it(`keeps no bot ${what}, and asks for no secret`, async () => {
      setUp();
      const askSecret = async () => expect.fail('asked');
      const error = await rejection(keep({ askSecret }));
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.match(why);
      expect(kept).to.equal(undefined);
    });
  }

  it('may be told twice', async () => {
    telegram.setUpWebhook(`${lakeUrl}?pass-on=1`);
    const [finding] = await keep({ lake: lake(ownBot) });
    expect(finding?.text).to.equal(`the lake is in front of ${botUrl} already`);
    expect(kept).to.equal(undefined);
  });

  it('takes the place of the bot behind it without --replace, and of no other program', async () => {
    await setUpBot();
    const settings = {
      url: `${lakeUrl}?pass-on=1`,
      secretToken: 'of-the-lake',
      maxConnections: 7,
      dropPendingUpdates: false,
      replace: false,
      isKept: (url: string) => url === botUrl,
    };
    await Array.fromAsync(setWebhook(api, settings));
    expect((await api.getWebhookInfo()).url).to.equal(settings.url);
    telegram.setUpWebhook('https://example.org/other');
    expect(await rejection(Array.fromAsync(setWebhook(api, settings)))).to.be.instanceOf(UsageError);
  });

  it("puts the bot's webhook back as it was", async () => {
    telegram.setUpWebhook(`${lakeUrl}?pass-on=1`);
    const [finding] = await Array.fromAsync(restoreBot(api, lake(ownBot)));
    const { bot_id, ...webhook } = ownBot;
    expect(telegram.callsOf('setWebhook')).to.deep.equal([webhook]);
    expect(finding?.text).to.equal(`Telegram sends updates to ${botUrl} again; the lake gets none`);
  });

  it("puts Telegram's default back where the bot named no kinds", async () => {
    telegram.setUpWebhook(lakeUrl);
    await Array.fromAsync(restoreBot(api, lake({ url: botUrl })));
    expect(telegram.callsOf('setWebhook')).to.deep.equal([{ url: botUrl, allowed_updates: [] }]);
  });

  const refused: [what: string, url: string, current: BotWebhook | undefined, why: RegExp][] = [
    ['where no bot is behind', lakeUrl, undefined, /no bot is behind this lake/],
    [
      'of another bot',
      lakeUrl,
      { ...ownBot, bot_id: 42 },
      /in front of the bot 42.*token is of the bot 7654321098/,
    ],
    ['where updates go to a third program', 'https://example.org/', ownBot, /neither the lake nor the bot/],
  ];
  for (const [what, url, current, why] of refused) {
    it(`puts no webhook back ${what}`, async () => {
      telegram.setUpWebhook(url);
      const error = await rejection(Array.fromAsync(restoreBot(api, lake(current))));
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.match(why);
      expect(telegram.callsOf('setWebhook')).to.deep.equal([]);
    });
  }

  it('is refused to another bot, and where a deploy has lost the bot', () => {
    expect(() => checkSameBot(lake(), ownBot, 42)).to.throw(
      UsageError,
      'npx telegram-lake webhook delete --stack my-lake --restore',
    );
    expect(() => checkSameBot(lake(), { url: botUrl }, 42)).not.to.throw();
    expect(() => checkBotIsKnown(lake(), `${lakeUrl}?pass-on=1`)).to.throw(UsageError, 'BotBehind');
    for (const url of [lakeUrl, 'https://example.org/?pass-on=1', '']) checkBotIsKnown(lake(), url);
    checkBotIsKnown(lake(ownBot), `${lakeUrl}?pass-on=1`);
  });
});
