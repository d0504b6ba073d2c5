import type { BotApi } from '../../telegram/bot-api.ts';
import { botSettings, parseBotToken } from '../settings.ts';
import { askSecret } from '../terminal/ask-secret.ts';

/**
 * A client of the Bot API for the bot whose token is in `TELEGRAM_BOT_TOKEN`, or is asked for. The token is never an
 * argument: those are seen by every user of the machine and kept in the shell's history.
 *
 * @throws SettingsError when the token or `TELEGRAM_API_ROOT` is malformed
 * @throws UsageError when there is no token and nobody to ask
 */
export async function connectBot(): Promise<BotApi> {
  const { token, apiRoot } = botSettings();
  const { botApi } = await import('../../telegram/bot-api.ts');
  return botApi(
    token ?? parseBotToken(await askSecret('Bot token', 'TELEGRAM_BOT_TOKEN'), 'the token'),
    apiRoot,
  );
}
