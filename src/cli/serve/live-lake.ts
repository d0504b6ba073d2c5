import { UsageError } from '../../base/usage-error.ts';
import { botBehind } from '../../ingest/take-request.ts';
import { idsOf } from '../../lake/chats.ts';
import { createLake } from '../../lake/lake.ts';
import { parseTimeZone } from '../../lake/settings.ts';
import type { LanguageKey } from '../../report/language/languages.ts';
import { connectBot } from '../bot/connect-bot.ts';
import { checkChatsExist } from '../bot/known-chats.ts';
import { dayLine, rebuildAllDays } from '../lake/rebuild-days.ts';
import { chosenChats, forwardTarget } from '../settings.ts';
import { untilStopped } from '../terminal/until-stopped.ts';
import { startLocalServer } from './local-server.ts';
import { printDigest } from './print-digest.ts';
import { servedLake } from './served-lake.ts';

export interface LiveOptions {
  readonly lake: string;
  readonly chatId?: string;
  readonly timeZone?: string;
  readonly forwardUrl?: string;
  readonly once?: boolean;
  /** Print the digest, too, before listening and at the end; and serve the page at this port. */
  readonly beside?: { readonly port: number; readonly lang: LanguageKey };
}

/** Where a live lake lies when the command line names none: apart from the demo group's. */
export const defaultLiveLake = 'lake/live';

/** Stores a real group's updates until the signal, and rebuilds their days as they come. */
export async function live(options: LiveOptions): Promise<void> {
  const { lake: folder, chatId, once = false, beside } = options;
  const chats = chosenChats(chatId);
  if (!chats) {
    throw new UsageError(
      'which group? --chat-id ID, or TELEGRAM_CHAT_ID; npx telegram-lake bot chats lists ids (private chats: --chat-id private)',
    );
  }
  const timeZone =
    options.timeZone === undefined ? undefined : parseTimeZone(options.timeZone, '--time-zone');
  const forward = forwardTarget(options.forwardUrl);
  const api = await connectBot();
  const { readyToListen, storeLiveUpdates } = await import('./live-updates.ts');
  const name = await readyToListen(api);
  await checkChatsExist(api, idsOf(chats));

  const lake = createLake(folder, timeZone);
  const { days, page, note } = servedLake(lake, 'later');
  // Days of an earlier run that was cut short between the raw object and the day's file.
  await rebuildAllDays(lake, (summary) => {
    note(summary);
    if (summary.outcome !== 'unchanged') console.log(dayLine(summary));
  });
  const showDigest = async () => {
    if (beside) await printDigest(lake, `npx telegram-lake query --lake ${folder}`, beside.lang);
  };
  await showDigest();
  days.begin();
  const server =
    beside && !once
      ? await startLocalServer({
          port: beside.port,
          webhook: undefined,
          anyHost: false,
          onTaken: () => {},
          live: page,
        })
      : undefined;
  if (server)
    console.log(`\nThe group's story as a page: ${server.url}/ (Portuguese: ${server.url}/?lang=pt)\n`);
  if (!once)
    console.log(
      `Listening as ${name}, into ${folder}. Ctrl-C stops it; updates sent while it is off wait at Telegram for 24 hours.`,
    );
  const { stored, ignored } = await untilStopped((signal) => {
    const listening = storeLiveUpdates({
      api,
      lake,
      chats,
      bot: forward && botBehind(forward),
      onStored: days.changed,
      signal,
      once,
    });
    return listening.finally(() => Promise.all([days.stop(), server?.close()]));
  });
  await showDigest();
  console.log(`${stored} updates stored, ${ignored} from other chats ignored.`);
  console.log(`To query it: npx telegram-lake query --lake ${folder}`);
}
