import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import sinon from 'sinon';
import { UsageError } from '../../../src/base/usage-error.ts';
import { describeStack } from '../../../src/cli/stack/stack.ts';
import { rejection } from '../../support/rejection.ts';

const outputs = {
  WebhookUrl: 'https://abc.execute-api.sa-east-1.amazonaws.com/dev/webhook',
  WebhookSecretArn: 'arn:aws:secretsmanager:sa-east-1:123456789012:secret:WebhookSecret-abc',
  TelegramChatId: '-1001234567890,-42',
  TimeZone: 'America/Sao_Paulo',
  RawBucketName: 'lake-raw',
  EnrichedBucketName: 'lake-enriched',
  EtlFunctionName: 'lake-etl',
  DatabaseName: 'lake',
  WorkGroupName: 'lake-group',
  FirstDay: '2026-01-01',
};

describe('stack', () => {
  let client: CloudFormationClient;
  let send: sinon.SinonStub;
  beforeEach(() => {
    client = new CloudFormationClient({ region: 'sa-east-1' });
    send = sinon.stub(client, 'send');
  });

  const answerOutputs = (of: Record<string, string>) =>
    send.resolves({
      Stacks: [
        {
          StackName: 'lake',
          StackStatus: 'UPDATE_COMPLETE',
          Outputs: Object.entries(of).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
        },
      ],
    });

  it('is read from its outputs', async () => {
    answerOutputs(outputs);
    expect(await describeStack('lake', client)).to.deep.equal({
      name: 'lake',
      webhookUrl: outputs.WebhookUrl,
      webhookSecretArn: outputs.WebhookSecretArn,
      botSecretArn: undefined,
      chats: new Set([-1001234567890, -42]),
      timeZone: 'America/Sao_Paulo',
      rawBucket: 'lake-raw',
      enrichedBucket: 'lake-enriched',
      etlFunction: 'lake-etl',
      database: 'lake',
      workGroup: 'lake-group',
      firstDay: '2026-01-01',
    });
    expect(send.firstCall.args[0].input).to.deep.equal({ StackName: 'lake' });
  });

  for (const key of Object.keys(outputs)) {
    it(`is refused without the output ${key}, which is named with the stack's status`, async () => {
      answerOutputs({ ...outputs, [key]: '' });
      const error = await rejection(describeStack('lake', client));
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.include(`no output ${key}`).and.to.include('UPDATE_COMPLETE');
    });
  }

  it('that does not exist is refused with the name of the region', async () => {
    send.rejects(failure('ValidationError', 'Stack with id lake does not exist'));
    const error = await rejection(describeStack('lake', client));
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.equal(
      'there is no stack lake in sa-east-1; if it is in another region, set AWS_REGION to that one',
    );
  });

  const problems: [name: string, message: string, advice: RegExp][] = [
    [
      'CredentialsProviderError',
      'Could not load credentials from any providers',
      /no AWS credentials; .*AWS_PROFILE/,
    ],
    ['Error', 'Region is missing', /no AWS region; set AWS_REGION/],
    ['ExpiredToken', 'The security token included in the request is expired', /expired; log in again/],
    ['InvalidClientTokenId', 'The security token included in the request is invalid', /does not know these/],
  ];
  for (const [name, message, advice] of problems) {
    it(`cannot be read: ${name}, ${message}, is told with what to do about it`, async () => {
      const cause = failure(name, message);
      send.rejects(cause);
      const error = await rejection(describeStack('lake', client));
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message)
        .to.match(/^cannot read the stack lake: /)
        .and.to.match(advice);
      expect(error.cause).to.equal(cause);
    });
  }

  it('that may not be read is a failure, not a wrong usage, in the words of AWS', async () => {
    send.rejects(
      failure('AccessDenied', 'User x is not authorized to perform: cloudformation:DescribeStacks'),
    );
    const error = await rejection(describeStack('lake', client));
    expect(error).not.to.be.instanceOf(UsageError);
    expect(error.message).to.equal(
      'cannot read the stack lake: User x is not authorized to perform: cloudformation:DescribeStacks',
    );
  });
});

function failure(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
