import { SettingsError } from '../../base/settings-error.ts';
import type { BotApi } from '../../telegram/bot-api.ts';
import { botSettings, namedTokenFile, parseBotToken } from '../settings.ts';
import { askSecret } from '../terminal/ask-secret.ts';
import { readTokenFile, tokenFile } from './token-file.ts';

/**
 * A client of the Bot API for the bot whose token is in `TELEGRAM_BOT_TOKEN`, in the file that
 * `TELEGRAM_BOT_TOKEN_FILE` names or that `setup` stored, or is asked for. The token is never an argument: those are
 * seen by every user of the machine and kept in the shell's history.
 *
 * @throws SettingsError when the token or `TELEGRAM_API_ROOT` is malformed, or others can read the token's file
 * @throws UsageError when there is no token and nobody to ask
 */
export async function connectBot(): Promise<BotApi> {
  return botOf(givenToken() ?? (await askToken()));
}

/** @returns the token as it was set or stored; undefined where a person has to be asked for it */
export function givenToken(): string | undefined {
  const { token } = botSettings();
  if (token !== undefined) return token;
  const named = namedTokenFile();
  if (named === undefined) return readTokenFile(tokenFile());
  const stored = readTokenFile(named);
  if (stored === undefined) throw new SettingsError('TELEGRAM_BOT_TOKEN_FILE', `names no file: ${named}`);
  return stored;
}

export const askToken = async (): Promise<string> =>
  parseBotToken(await askSecret('Bot token', 'TELEGRAM_BOT_TOKEN'), 'the token');

export async function botOf(token: string): Promise<BotApi> {
  const { botApi } = await import('../../telegram/bot-api.ts');
  return botApi(token, botSettings().apiRoot);
}
