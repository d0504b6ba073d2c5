import { expect } from 'chai';
import fc from 'fast-check';
import { slimSvg } from '../../../src/report/charts/slim-svg.ts';
import { UnsafeSvgError } from '../../../src/report/charts/svg-tree.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';

const slim = (svg: string, withTitles = true, rootAttributes: Record<string, string> = { class: 'wide' }) =>
  slimSvg(svg, { prefix: 'c-wide', rootAttributes, withTitles });
const inSvg = (svg: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" class="marks" viewBox="0 0 9 9">${svg}</svg>`;
const root = (svg: string) => `<svg viewBox="0 0 9 9" class="wide">${svg}</svg>`;

describe('the SVG of a chart', () => {
  it('has what is seen, and none of what Vega writes for editors', () => {
    const svg = inSvg(
      '<rect width="9" height="9" fill="transparent" opacity="0"/>' +
        '<g class="mark-group role-frame root" role="graphics-object" aria-roledescription="group"><g>' +
        '<path class="background" aria-hidden="true" d="M0,0h9" fill="none" stroke="none"/>' +
        '<g class="mark-text role-axis-label" pointer-events="none"><text font-family="x" transform="translate(0,0)" fill="red">1</text></g>' +
        '<g display="none"><text>hidden</text><g><path d="M1,1"/></g></g><g><g></g></g></g></g>',
    );
    expect(slim(svg)).to.equal(root('<text fill="red">1</text>'));
  });

  it('has its numbers with one decimal place, but not in its colors', () => {
    expect(
      slim(inSvg('<path d="M1.2345,-0.04L1e-7,9.999Z" fill="rgb(1.25,2,3)" stroke-width="1"/>')),
    ).to.equal(root('<path d="M1.2,-0L1e-7,10Z" fill="rgb(1.25,2,3)"/>'));
  });

  it('has a title on each mark, and on nothing else; none where nobody hovers', () => {
    const svg = inSvg(
      '<g class="mark-rect role-mark marks"><path aria-label="1 &amp; 2" d="M0,0h1" fill="red"/><path d="M0,0"/></g>' +
        '<g class="mark-text role-axis-label"><text aria-label="no">1</text></g>',
    );
    const bare = '<path d="M0,0h1" fill="red"';
    expect(slim(svg)).to.equal(root(`${bare}><title>1 &amp; 2</title></path><path d="M0,0"/><text>1</text>`));
    expect(slim(svg, false)).to.equal(root(`${bare}/><path d="M0,0"/><text>1</text>`));
  });

  it('has ids that no other chart has', () => {
    const svg = inSvg(
      '<defs><clipPath id="clip0"><rect width="1" height="1"/></clipPath></defs><path clip-path="url(#clip0)" d="M0,0"/>',
    );
    expect(slim(svg))
      .to.contain('<clipPath id="c-wide-clip0">')
      .and.contain('clip-path="url(#c-wide-clip0)"');
  });

  it('has no half of a pair, which Vega leaves where it cuts a text', () => {
    expect(slim(inSvg('<text>a\ud83d…</text>'))).to.equal(root('<text>a…</text>'));
  });

  const unsafe: [what: string, svg: string][] = [
    ['a script', '<script>alert(1)</script>'],
    ['an image', '<image href="https://evil.example/x.png"/>'],
    ['a link', '<a href="https://evil.example"><text>x</text></a>'],
    ['a use of another picture', '<use href="x.svg#y"/>'],
    ['HTML', '<foreignObject><p>x</p></foreignObject>'],
    ['a style', '<style>*{display:none}</style>'],
    ['an animation', '<animate attributeName="x"/>'],
    ['a handler', '<path onclick="alert(1)" d="M0,0"/>'],
    ['a handler in upper case', '<path ONLOAD="alert(1)" d="M0,0"/>'],
    ['a style of its own', '<path style="fill:url(https://evil.example)" d="M0,0"/>'],
    ['a link on a path', '<path xlink:href="https://evil.example" d="M0,0"/>'],
    ['a color from elsewhere', '<path fill="url(https://evil.example/#x)" d="M0,0"/>'],
    ['a color from elsewhere behind its own', '<path fill="url(#a) url(//evil.example)" d="M0,0"/>'],
    ['a clip from elsewhere', '<path clip-path="URL(https://evil.example)" d="M0,0"/>'],
    ['a color that is a script', '<path fill="javascript:alert(1)" d="M0,0"/>'],
    ['a script that is hidden', '<g display="none"><script>alert(1)</script></g>'],
  ];
  for (const [what, svg] of unsafe) {
    it(`is refused where it holds ${what}`, () => {
      expect(() => slim(inSvg(svg))).to.throw(UnsafeSvgError);
    });
  }

  it('has none but its own elements and attributes, whatever Vega gave', () => {
    const part = fc.oneof(
      fc.constantFrom(
        ...[
          '<g',
          '<text',
          '<path',
          '<script',
          '<a',
          '<!--',
          '-->',
          '<',
          '</',
          '>',
          '/>',
          '</g>',
          '</text>',
          '"',
          "'",
          '=',
        ],
        ...[
          ' class="role-mark"',
          ' d="M0,0"',
          ' onload="x"',
          " onload='x'",
          ' fill="url(#x)"',
          ' aria-label="<b>"',
        ],
        ...[
          ' href=x',
          ' style',
          'x',
          '&lt;',
          '<svg>',
          '</svg>',
          '\n',
          '\u0000',
          '<title>',
          ']]>',
          '<![CDATA[',
        ],
      ),
      fc.constantFrom(...hostileTexts.map(([, text]) => text)),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        let shown: string;
        try {
          shown = slim(inSvg(parts.join('')));
        } catch (error) {
          if (error instanceof UnsafeSvgError) return;
          throw error;
        }
        for (const [tag] of shown.matchAll(/<[^>]*>?/g)) {
          expect(tag).to.match(
            /^<(\/(svg|g|path|text|title)|(svg|g|path|text|title)( (viewBox|class|d|fill)="[^"]*")*\/?)>$/,
          );
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('escapes the attributes that the page gives it', () => {
    expect(slim(inSvg('<path d="M0,0"/>'), true, { 'aria-label': '"><script>' })).to.contain(
      'aria-label="&quot;&gt;&lt;script&gt;"',
    );
  });
});
