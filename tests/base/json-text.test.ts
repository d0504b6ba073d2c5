import { expect } from 'chai';
import fc from 'fast-check';
import { elementTexts, memberTexts } from '../../src/base/json-text.ts';

describe('JSON as it is written', () => {
  it('is kept byte for byte, whatever stands within', () => {
    const result = '{"text": "a, \\"b\\" ]}", "n": 1.50e2, "u":"\\u00e1"}';
    const json = `{ "ok":true ,"result" :\n${result} , "e\\u0064": [ 1,{"x":[]} ] }`;
    const members = memberTexts(json);
    expect([...members.keys()]).to.deep.equal(['ok', 'result', 'ed']);
    expect(members.get('result')).to.equal(result);
    expect(elementTexts(members.get('ed') ?? '')).to.deep.equal(['1', '{"x":[]}']);
    expect(elementTexts('[]')).to.deep.equal([]);
    expect([...memberTexts('{ }')]).to.deep.equal([]);
  });

  it('takes the last of two members with one name, as JSON.parse does', () => {
    expect(memberTexts('{"a":1,"a":2}').get('a')).to.equal('2');
  });

  it('reads as the same values as the whole', () => {
    const spaces = fc.constantFrom(undefined, 1);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), spaces, (value, space) => {
        const texts = memberTexts(JSON.stringify(value, null, space));
        const parsed = JSON.parse(JSON.stringify(value));
        expect(texts.size).to.equal(Object.keys(parsed).length);
        for (const [name, text] of texts) expect(JSON.parse(text)).to.deep.equal(parsed[name]);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), spaces, (value, space) => {
        const texts = elementTexts(JSON.stringify(value, null, space));
        expect(texts.map((text) => JSON.parse(text))).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
