import { expect } from 'chai';
import { languageOption, systemLanguage } from '../../../src/cli/terminal/language-option.ts';

describe('language option', () => {
  for (const [locale, key] of [
    ['pt-BR', 'pt'],
    ['pt', 'pt'],
    ['en-US', 'en'],
    ['de-DE', 'en'],
    ['ptx', 'en'],
  ] as const) {
    it(`is ${key} by default where the system's language is ${locale}`, () => {
      expect(systemLanguage(locale)).to.equal(key);
    });
  }

  it('takes the languages of the report only', () => {
    expect(languageOption('language of the page').argChoices).to.deep.equal(['en', 'pt']);
  });
});
