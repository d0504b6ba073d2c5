import { expect } from 'chai';
import { chooseRegion, localSecretToken } from '../../src/cli/settings.ts';

describe('secret of the local endpoint', () => {
  it('is "local" unless the environment sets one', () => {
    expect(localSecretToken({})).to.equal('local');
    expect(localSecretToken({ TELEGRAM_SECRET_TOKEN: 'own' })).to.equal('own');
  });
});

describe('region of a command', () => {
  const deployed = { stack: 'lake', region: 'sa-east-1' };
  const cases: [
    what: string,
    environment: Record<string, string>,
    named: string | undefined,
    region: string | undefined,
  ][] = [
    [
      'AWS_REGION before all else',
      { AWS_REGION: 'us-west-1', AWS_DEFAULT_REGION: 'us-west-2' },
      'lake',
      'us-west-1',
    ],
    [
      'AWS_DEFAULT_REGION, which the SDK does not read',
      { AWS_DEFAULT_REGION: 'us-west-2' },
      'lake',
      'us-west-2',
    ],
    ['that of the stack that was deployed from here', {}, 'lake', 'sa-east-1'],
    ["the profile's for another stack", {}, 'other', undefined],
    ["the profile's without a stack", {}, undefined, undefined],
  ];
  for (const [what, environment, named, region] of cases) {
    it(`is ${what}`, () => {
      const variables: Record<string, string | undefined> = { ...environment };
      chooseRegion(named, deployed, variables);
      expect(variables.AWS_REGION).to.equal(region);
    });
  }
});
