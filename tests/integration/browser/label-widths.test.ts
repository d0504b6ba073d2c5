import { expect } from 'chai';
import { textWidth } from '../../../src/report/charts/text-width.ts';
import { desktop } from './opened-page.ts';
import { opened } from './started.ts';

const names = [
  'the quick brown fox',
  'ANA BEATRIZ DE SOUZA',
  'Educação São João',
  'грузовые перевозки юг',
  'ГРУЗОВЫЕ ПЕРЕВОЗКИ ЮГ',
  'ΕΛΛΗΝΙΚΑ ΓΡΑΜΜΑΤΑ',
  '𝐒𝐨𝐦𝐞 𝐁𝐨𝐥𝐝 𝐅𝐚𝐧𝐜𝐲 𝐍𝐚𝐦𝐞',
  '𝓢𝓸𝓶𝓮 𝓢𝓬𝓻𝓲𝓹𝓽',
  '𝔻𝕠𝕦𝕓𝕝𝕖 𝕊𝕥𝕣𝕦𝕔𝕜',
  'محمد رضا کریمی',
  'שלום עולם',
  'नमस्ते दुनिया',
  'বাংলা ভাষা',
  'தமிழ் மொழி',
  'สวัสดีชาวโลก',
  'გამარჯობა მსოფლიო',
  'ԲԱՐԵՎ աշխարհ',
  'ሰላም ዓለም',
  '你好世界朋友',
  '안녕하세요',
  '😀😃🎉🚀',
  '🇧🇷🇵🇹',
  'ⒶⒷⒸ 🅰🅱🅲',
  '★☆♛✿',
  'Z̶̡͊a̷̢͛l̸̰̈́g̵̱̈o',
];

describe('width of a label in Chromium', () => {
  for (const name of names) {
    it(`is not more than it was measured, nor less than half: ${name}`, async () => {
      const { page } = await opened('about:blank', desktop);
      await page.setContent(
        '<svg><text font-size="12" style="font-family:system-ui,sans-serif"></text></svg>',
      );
      const width = await page.evaluate((text) => {
        const label = document.querySelector('text');
        if (!label) return 0;
        label.textContent = text;
        return label.getComputedTextLength() / 12;
      }, name);
      expect(width)
        .to.be.at.most(textWidth(name))
        .and.at.least(textWidth(name) / 2);
    });
  }
});
