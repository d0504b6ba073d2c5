import { english } from './english.ts';
import type { Language } from './language.ts';
import { portuguese } from './portuguese.ts';

/** The languages of the report, by the names that the command line takes. */
export const languages: Readonly<Record<'en' | 'pt', Language>> = { en: english, pt: portuguese };

export type LanguageKey = keyof typeof languages;
