import { expect } from 'chai';
import fc from 'fast-check';
import { parseExported } from '../../../src/telegram/export/export-repair.ts';
import { desktopJson } from '../../../tools/fixtures/desktop-export.ts';

describe('repair of an export', () => {
  it('leaves JSON as it is, on one line', () => {
    expect(parseExported('{\n "id": 7,\r\n\t"x": 1.50, "text": "a\\n  b"\n}')).to.deep.equal({
      value: { id: 7, x: 1.5, text: 'a\n  b' },
      json: '{"id": 7,"x": 1.50, "text": "a\\n  b"}',
      repaired: false,
    });
  });

  it('mends control characters, and no escaped backslash before an x', () => {
    const { value, json, repaired } = parseExported('{"data": "1\\x012\\x1F", "path": "C:\\\\x01"}');
    expect(value).to.deep.equal({ data: '1\u00012\u001f', path: 'C:\\x01' });
    expect(json).to.equal('{"data": "1\\u00012\\u001F", "path": "C:\\\\x01"}');
    expect(repaired).to.equal(true);
  });

  it('mends ids of custom emoji without quotes', () => {
    const text =
      '{\n "a": [\n  {\n   "document_id": (File not included.)\n  },\n  {\n   "document_id": a/b (2).webm,\n   "x": 1\n  }\n ]\n}';
    expect(parseExported(text).value).to.deep.equal({
      a: [{ document_id: '(File not included.)' }, { document_id: 'a/b (2).webm', x: 1 }],
    });
  });

  for (const text of ['{', '{"a": tru}', '"text"', '[1]', '{"a": "\\y"}', '{"a": "b\nc"}']) {
    it(`does not guess at ${JSON.stringify(text)}`, () => {
      expect(() => parseExported(text)).to.throw(SyntaxError);
    });
  }

  it('reads back what Telegram Desktop writes of any message', () => {
    const member = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null));
    const pieces = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.record({ type: fc.string(), text: fc.string() })),
    );
    const name = fc.string().filter((text) => text !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(name, fc.oneof(member, pieces)), (message) => {
        const { value, json } = parseExported(desktopJson(message));
        expect(value).to.deep.equal({ ...message });
        expect(JSON.parse(json)).to.deep.equal({ ...message });
        expect(json).to.not.match(/[\r\n]/);
      }),
    );
  });
});
