import { expect } from 'chai';
import fc from 'fast-check';
import { type Interest, JsonDamageError, JsonScanner } from '../../../src/telegram/export/json-scanner.ts';

/** What a scan finds, the text fed in pieces of `size` bytes in one buffer that is used again. */
function scan(
  text: string,
  interests: Record<string, Interest>,
  size = 3,
  maximumBytes?: number,
  maximumLevels?: number,
) {
  const found: [path: string, text: string, position: number][] = [];
  const ends: string[] = [];
  const scanner = new JsonScanner({
    interestIn: (path) => interests[path] ?? 'skip',
    onValue: (path, value, position) => found.push([path, value.toString('utf8'), position]),
    onEnd: (path) => ends.push(path),
    ...(maximumBytes !== undefined && { maximumBytes }),
    ...(maximumLevels !== undefined && { maximumLevels }),
  });
  const bytes = Buffer.from(text);
  const piece = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    scanner.write(piece.subarray(0, bytes.copy(piece, 0, at)));
    piece.fill(0x7d);
  }
  scanner.end();
  return { found, ends };
}

describe('JSON scanner', () => {
  const list = { '': 'enter', a: 'enter', 'a[]': 'take', n: 'take' } as const;

  it('hands over the text of what is wanted, and where it begins', () => {
    const text = ' {"n": -1.5e3, "x": {"n": [{}, "]}"]}, "a": [ {"k": "v"},"é\\"" , null,[1]]} ';
    const { found, ends } = scan(text, list);
    expect(found).to.deep.equal([
      ['n', '-1.5e3', 7],
      ['a[]', '{"k": "v"}', 46],
      ['a[]', '"é\\""', 57],
      ['a[]', 'null', 66],
      ['a[]', '[1]', 71],
    ]);
    expect(ends).to.deep.equal(['a', '']);
  });

  it('finds the same however the text is cut', () => {
    const value = fc.jsonValue({ noUnicodeString: false, maxDepth: 3 });
    fc.assert(
      fc.property(
        fc.array(value),
        value,
        fc.integer({ min: 1, max: 40 }),
        fc.nat(2),
        (items, other, size, indent) => {
          const text = JSON.stringify({ '"\\': other, a: items, n: other }, null, indent);
          const { found } = scan(text, list, size);
          const expected = JSON.parse(text);
          expect(found.filter(([path]) => path === 'a[]').map(([, item]) => JSON.parse(item))).to.deep.equal(
            expected.a,
          );
          expect(found.filter(([path]) => path === 'n').map(([, item]) => JSON.parse(item))).to.deep.equal([
            expected.n,
          ]);
          for (const [, item, position] of found) {
            expect(Buffer.from(text).toString('utf8', position, position + Buffer.byteLength(item))).to.equal(
              item,
            );
          }
        },
      ),
    );
  });

  it('passes over what is not JSON inside a value, as long as brackets and quotes are in balance', () => {
    const item = '{"t": "\\x1F\\"]", "id": files/sticker (2).webm}';
    expect(scan(`{"a":[${item}],"b":${item}}`, list).found).to.deep.equal([['a[]', item, 6]]);
  });

  const damaged: [text: string, position: number, problem: RegExp][] = [
    ['', 0, /ends too early/],
    ['{"a":[1,2', 9, /ends inside the value that begins at byte 8/],
    ['{"a":[{"k":"v"}', 15, /ends too early/],
    ['{"a":[{"k":"v', 13, /ends inside the value that begins at byte 6/],
    ['{"a', 3, /ends too early/],
    ['{"a" [', 5, /"\[" where ":"/],
    ['{"a":[1 2]}', 8, /"2" where "," or the end/],
    ['{"a":[1,]}', 8, /"\]" where a value/],
    ['{"a":}', 5, /"}" where a value/],
    ['{a:1}', 1, /"a" where a name in quotes/],
    ['{"n":1,}', 7, /"}" where a name in quotes/],
    ['{}{', 2, /goes on after its end/],
    ['{"a":[1]]', 8, /"\]" where "," or the end/],
    ['{\u0001', 1, /a byte where a name in quotes/],
  ];
  for (const [text, position, problem] of damaged) {
    it(`tells where the damage is: ${JSON.stringify(text)}`, () => {
      for (const size of [1, 4, 100]) {
        expect(() => scan(text, list, size), `${size}`)
          .to.throw(JsonDamageError, problem)
          .with.property('position', position);
      }
    });
  }

  it('refuses values of too many levels, wherever the text is cut', () => {
    const nested = (levels: number) => `{"a":[${'['.repeat(levels)}${']'.repeat(levels)}]}`;
    for (const size of [1, 7, 1000]) {
      expect(() => scan(nested(4), list, size, undefined, 4), `${size}`).to.not.throw();
      expect(() => scan(nested(5), list, size, undefined, 4), `${size}`).to.throw(
        JsonDamageError,
        /more than 4 levels of objects and lists, at byte 6/,
      );
    }
  });

  it('refuses to hold values without bounds', () => {
    expect(() => scan(`{"a":["${'x'.repeat(100)}"]}`, list, 7, 50)).to.throw(
      JsonDamageError,
      /more than 50 bytes, at byte 6/,
    );
    expect(() => scan(`{"${'x'.repeat(70_000)}":1}`, list, 1000)).to.throw(
      JsonDamageError,
      /name without an end/,
    );
  });
});
