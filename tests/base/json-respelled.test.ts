import { expect } from 'chai';
import fc from 'fast-check';
import { respelled } from '../../src/base/json-respelled.ts';

describe('JSON spelled again after a change', () => {
  const odd =
    '{ "a" : 1.0, "big":9007199254740993 ,"t":"\\u00e1\\/", "l":[ 1e2 , {"x":"y"} ], "o":{"k" :null}}';

  const cases: [change: string, after: (value: Record<string, unknown>) => unknown, text: string][] = [
    ['nothing', (value) => value, odd],
    [
      'a member that goes',
      ({ t: _, ...value }) => value,
      '{"a" :1.0,"big":9007199254740993,"l":[ 1e2 , {"x":"y"} ],"o":{"k" :null}}',
    ],
    [
      'a member that is new',
      ({ a, big }) => ({ a, big, z: [1] }),
      '{"a" :1.0,"big":9007199254740993,"z":[1]}',
    ],
    [
      'a value inside',
      (value) => ({ ...value, l: [(value.l as unknown[])[0], { x: 'z' }] }),
      '{"a" :1.0,"big":9007199254740993,"t":"\\u00e1\\/","l":[1e2,{"x":"z"}],"o":{"k" :null}}',
    ],
  ];
  for (const [change, after, text] of cases) {
    it(`keeps the spelling of all else: ${change}`, () => {
      const before = JSON.parse(odd);
      expect(respelled(odd, before, after(before))).to.equal(text);
    });
  }

  it('means the changed value, whatever the value and the spaces', () => {
    const marked = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(marked);
      if (typeof value !== 'object' || value === null) return value === 1 ? 'one' : value;
      const entries = Object.entries(value).filter(([name]) => !name.startsWith('a'));
      return Object.fromEntries(entries.map(([name, inner]) => [name, marked(inner)]));
    };
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('', ' ', '\n  '), (json, space) => {
        const before = JSON.parse(json);
        const text = JSON.stringify(before, null, space);
        const after = marked(before);
        expect(JSON.parse(respelled(text, before, after))).to.deep.equal(after);
      }),
    );
  });
});
