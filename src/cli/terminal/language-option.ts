import { Option } from 'commander';
import { type LanguageKey, languages } from '../../report/language/languages.ts';

/** `--lang`: the language of what a command writes; where it is not given, the machine's own if it is one of these. */
export const languageOption = (of: string): Option =>
  new Option('--lang <language>', of)
    .choices(Object.keys(languages))
    .default(systemLanguage(), "the system's, else en");

/** @param locale - a BCP 47 tag, such as `pt-BR` */
export function systemLanguage(locale = new Intl.DateTimeFormat().resolvedOptions().locale): LanguageKey {
  return Object.values(languages).find(({ key }) => locale.split('-')[0] === key)?.key ?? 'en';
}
