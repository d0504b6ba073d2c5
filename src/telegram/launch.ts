/**
 * Midnight (UTC) of the day on which Telegram was launched, 14 August 2013, in Unix seconds: no message is older.
 *
 * @see https://telegram.org/faq#q-what-is-telegram-what-do-i-do-here
 */
export const launchSeconds = 1_376_438_400;
