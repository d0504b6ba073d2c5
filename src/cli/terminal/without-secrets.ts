/**
 * A text in which no bot token is left, and no value that was given to an unknown option.
 *
 * For errors, as the last line of defence: a person may pass a token where none is taken, and commander's errors
 * repeat what they do not understand.
 */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(/\d{5,}(:|%3A)[A-Za-z0-9_-]{20,}/gi, '<bot token>')
    .replaceAll(/(unknown option '-[^'=]*)=[^']*'/g, "$1'")
    .replaceAll(/(too many arguments.* but got \d+): .*/g, '$1');
}
