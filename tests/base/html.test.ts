import { expect } from 'chai';
import fc from 'fast-check';
import { escaped, html, trustedHtml } from '../../src/base/html.ts';
import { hostileTexts } from '../support/hostile-texts.ts';

describe('HTML of the report', () => {
  it('has every text escaped, in elements and in attributes, and HTML of its own as it is', () => {
    const name = `<b title="x" id='y'>&amp;`;
    expect(html`<p title="${name}">${name}${html`<i>${1}</i>`}</p>`.text).to.equal(
      '<p title="&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;">' +
        '&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;<i>1</i></p>',
    );
  });

  it('joins lists, also lists of lists, and is nothing for undefined', () => {
    expect(html`[${['<', [html`<br>`, undefined, 2]]}${undefined}]`.text).to.equal('[&lt;<br>2]');
  });

  it('takes no text for trusted, whatever it looks like', () => {
    const lookalike = { text: '<script>' } as unknown as string;
    expect(() => html`${lookalike}`.text).to.throw(TypeError);
    expect(html`${trustedHtml('<br>').text}`.text).to.equal('&lt;br&gt;');
  });

  for (const [what, text] of hostileTexts) {
    it(`makes no markup of what ${what}`, () => {
      expect(escaped(text)).not.to.match(/[<>"']/);
    });
  }

  it('returns the same text when the entities are decoded', () => {
    const names: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...`<>&"';#a l t g q u o 3 9 m p`) }), (text) => {
        expect(escaped(text).replaceAll(/&(\S+?);/g, (_, name: string) => names[name] ?? '?')).to.equal(text);
      }),
    );
  });
});
