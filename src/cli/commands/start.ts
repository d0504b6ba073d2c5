import { Command, Option } from 'commander';
import { addDays, localDay } from '../../base/local-day.ts';
import { UsageError } from '../../base/usage-error.ts';
import { demoChatId } from '../../demo/demo-group.ts';
import { fillWithDemoGroup } from '../../demo/fill-demo.ts';
import type { PassedOn } from '../../ingest/pass-on.ts';
import { createSentIntake, type SentOutcome } from '../../ingest/sent.ts';
import { botBehind, type Taken } from '../../ingest/take-request.ts';
import { createWebhook, type WebhookOutcome } from '../../ingest/webhook.ts';
import { type Chats, idsOf, includesChat, parseChats } from '../../lake/chats.ts';
import {
  createLake,
  daysOf,
  defaultLake,
  impossibleDaysOf,
  keepNote,
  type LocalLake,
} from '../../lake/lake.ts';
import { defaultTimeZone, parseTimeZone } from '../../lake/settings.ts';
import { clipped, printable } from '../../query/result-format.ts';
import type { LanguageKey } from '../../report/language/languages.ts';
import { rebuildAllDays } from '../lake/rebuild-days.ts';
import { defaultLiveLake, live } from '../serve/live-lake.ts';
import { type LocalServer, startLocalServer } from '../serve/local-server.ts';
import { printDigest } from '../serve/print-digest.ts';
import { type ServedLake, servedLake } from '../serve/served-lake.ts';
import type { DayWatch } from '../serve/watch-days.ts';
import { defaultLocalSecret, forwardTarget, localSecretToken } from '../settings.ts';
import { forwardOption } from '../terminal/forward-option.ts';
import { languageOption } from '../terminal/language-option.ts';
import { parseDay } from '../terminal/narrowing-options.ts';

interface StartOptions {
  readonly lake: string;
  readonly demoUntil?: string;
  readonly empty?: true;
  readonly port: string;
  readonly chatId?: string;
  readonly timeZone?: string;
  readonly forwardUrl?: string;
  readonly once?: true;
  readonly lang: LanguageKey;
  readonly live?: true;
}

/** `telegram-lake start`: the whole system on this machine, with a demo group to look at. */
export function startCommand(): Command {
  return new Command('start')
    .description(
      'Run the whole system here: webhook, lake in a folder, saved queries. An empty lake gets a demo group.',
    )
    .option('--lake <folder>', 'folder of the lake; created if missing', defaultLake)
    .option('--empty', 'leave an empty lake empty: no demo group')
    .addOption(
      new Option('--demo-until <day>', 'last day of the demo group, YYYY-MM-DD (default: yesterday)')
        .argParser(parseDay)
        .conflicts(['empty', 'live']),
    )
    .option('--port <number>', 'port of the webhook and the page, on 127.0.0.1', '8787')
    .option(
      '--chat-id <id[,id]>',
      `chats whose updates are stored: ids, private, all (default: the demo group, ${demoChatId})`,
    )
    .option('--time-zone <zone>', `of day boundaries (default: the lake's own, else ${defaultTimeZone})`)
    .addOption(forwardOption())
    .option('--once', 'exit after the digest instead of serving')
    .addOption(languageOption('language of the digest'))
    .addOption(
      new Option(
        '--live',
        'store a real group instead, like telegram-lake live, with digest and page',
      ).conflicts('empty'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm start -- --lake lake/mine --empty --chat-id -1001234567890\n' +
        '  $ npm start -- --live --chat-id -1001234567890',
    )
    .action(async (options: StartOptions, command: Command) => {
      if (!options.live) return start(options);
      const lake = command.getOptionValueSource('lake') === 'default' ? defaultLiveLake : options.lake;
      return live({ ...options, lake, beside: { port: parsePort(options.port), lang: options.lang } });
    });
}

async function start(options: StartOptions): Promise<void> {
  const port = parsePort(options.port);
  const chats = options.chatId ? parseChats(options.chatId, '--chat-id') : new Set([demoChatId]);
  const timeZone =
    options.timeZone === undefined ? undefined : parseTimeZone(options.timeZone, '--time-zone');
  const secretToken = localSecretToken();
  const forward = forwardTarget(options.forwardUrl);
  const lake = createLake(options.lake, timeZone);
  const { days, page, note } = servedLake(lake, 'with the next update');
  const intake = { store: lake.raw, secretToken, chats, timeZone: lake.timeZone, now };
  const webhook = createWebhook(intake);
  const onSent = (outcome: SentOutcome) => {
    console.log(`sent     ${sentLine(outcome)}`);
    if (outcome.outcome === 'stored') for (const key of outcome.keys) days.changed(key);
  };
  const onTaken = ({ outcome, passedOn }: Taken) => {
    // The kind is the name of a field, which anybody with the secret chooses.
    const line = `webhook  ${outcomeLine(outcome)}${passedOn ? `; ${passedOnLine(passedOn)}` : ''}`;
    console.log(clipped(printable(line), 500));
    if (outcome.outcome !== 'stored') return;
    keepNote(lake);
    days.changed(outcome.key);
  };

  // First of all, so that a port in use is reported before the work.
  const server = options.once
    ? undefined
    : await startLocalServer({
        webhook,
        anyHost: secretToken !== defaultLocalSecret,
        port,
        bot: forward && botBehind(forward),
        sent: createSentIntake(intake),
        onSent,
        onTaken,
        live: page,
      });
  try {
    if (!options.empty && (await isWithoutDays(lake))) await fill(lake, options.demoUntil);
    await rebuildAll(lake, note);
    page.changed();
    await printDigest(lake, queryCommandOver(options.lake), options.lang);
    if (server) await serve(server, days, curlLine(server.url, exampleChatId(chats), secretToken));
  } finally {
    await server?.close();
    await days.stop();
  }
}

async function isWithoutDays(lake: LocalLake): Promise<boolean> {
  return (await daysOf(lake)).length === 0 && (await impossibleDaysOf(lake)).length === 0;
}

async function fill(lake: LocalLake, lastDay = addDays(localDay(now(), lake.timeZone), -1)): Promise<void> {
  const start = performance.now();
  const { posted, stored, ignored } = await fillWithDemoGroup(lake, lastDay);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `Demo group: ${posted.toLocaleString('en')} updates posted to the ingest in ${seconds} s; ` +
      `${stored.toLocaleString('en')} stored, ${ignored} from other chats ignored.`,
  );
}

async function rebuildAll(lake: LocalLake, note: ServedLake['note']): Promise<void> {
  const start = performance.now();
  const count = { rebuilt: 0, rows: 0, days: 0 };
  await rebuildAllDays(lake, (summary) => {
    const { outcome, rows } = summary;
    note(summary);
    count.days += 1;
    count.rows += rows;
    if (outcome === 'rebuilt') count.rebuilt += 1;
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `ETL: ${count.rebuilt} of ${count.days} days rebuilt in ${seconds} s; ${count.rows.toLocaleString('en')} messages in ${lake.folder}.`,
  );
}

async function serve({ url }: LocalServer, days: DayWatch, exampleCommand: string): Promise<void> {
  days.begin();
  console.log(`\nThe group's story as a page: ${url}/ (Portuguese: ${url}/?lang=pt)`);
  console.log(`\nListening at ${url}/webhook. Post an update of your own from another terminal:\n`);
  console.log(exampleCommand);
  console.log('\nCtrl-C stops.\n');
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

/** A chat that this lake keeps. */
function exampleChatId(chats: Chats): number {
  return idsOf(chats)[0] ?? (includesChat(chats, examplePerson) ? examplePerson : demoChatId);
}

const examplePerson = 42;

/** A command that posts one text message, with the secret header, as one would type it in a POSIX shell. */
function curlLine(url: string, chatId: number, secretToken: string): string {
  // A secret of the user's own stays in the variable that it came by.
  const secret = secretToken === defaultLocalSecret ? defaultLocalSecret : '$TELEGRAM_SECRET_TOKEN';
  const update = {
    update_id: 900_000_001,
    message: {
      message_id: 900_001,
      date: now(),
      chat:
        chatId > 0
          ? { id: chatId, type: 'private', first_name: 'Ana' }
          : { id: chatId, type: 'supergroup', title: 'My group' },
      from: { id: examplePerson, is_bot: false, first_name: 'Ana' },
      text: 'Does my own message arrive?',
    },
  };
  return [
    `curl -i ${url}/webhook`,
    `-H "X-Telegram-Bot-Api-Secret-Token: ${secret}"`,
    "-H 'Content-Type: application/json'",
    `-d '${JSON.stringify(update)}'`,
  ].join(' \\\n  ');
}

function queryCommandOver(lake: string): string {
  return lake === defaultLake ? 'npx telegram-lake query' : `npx telegram-lake query --lake ${lake}`;
}

function outcomeLine(outcome: WebhookOutcome): string {
  switch (outcome.outcome) {
    case 'stored':
      return `stored ${outcome.kind} as ${outcome.key}`;
    case 'ignored':
      return `ignored ${outcome.kind}: ${outcome.reason === 'no chat' ? 'it belongs to no chat' : 'another chat'}`;
    case 'quarantined':
      return `quarantined ${outcome.key}: ${outcome.reason}`;
    case 'refused':
      return `refused: ${outcome.reason === 'secret' ? 'wrong or missing secret' : 'too large'}`;
    case 'failed':
      return `failed: ${outcome.error.message}`;
  }
}

function passedOnLine(passedOn: PassedOn): string {
  if (passedOn.outcome === 'no answer') return `passed on, but the bot ${passedOn.reason}`;
  return `passed on: the bot answered ${passedOn.statusCode}`;
}

function sentLine(outcome: SentOutcome): string {
  switch (outcome.outcome) {
    case 'stored':
      return `stored ${outcome.keys.length}, ignored ${outcome.ignored} of other chats`;
    case 'refused':
      return `refused: ${outcome.problem ?? outcome.reason}`;
    case 'failed':
      return `failed: ${outcome.error.message}`;
  }
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError('--port must be a number from 0 to 65535');
  return port;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
