import { expect } from 'chai';
import { updateKinds } from '../../src/query/narrowing.ts';
import { kindsOfAChat } from '../../src/telegram/update.ts';

describe('narrowing of raw updates', () => {
  it('looks for the chat in each kind that has one always', () => {
    expect(updateKinds).to.have.members([...kindsOfAChat]);
  });
});
