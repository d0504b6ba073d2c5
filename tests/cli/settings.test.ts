import { expect } from 'chai';
import { localSecretToken } from '../../src/cli/settings.ts';

describe('secret of the local endpoint', () => {
  it('is "local" unless the environment sets one', () => {
    expect(localSecretToken({})).to.equal('local');
    expect(localSecretToken({ TELEGRAM_SECRET_TOKEN: 'own' })).to.equal('own');
  });
});
