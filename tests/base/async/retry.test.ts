import { expect } from 'chai';
import sinon from 'sinon';
import { retry } from '../../../src/base/async/retry.ts';
import { rejection } from '../../support/rejection.ts';

describe('retry', () => {
  const options = { attempts: 3, isRetryable: (error: unknown) => error !== 'final', pauseMs: 0 };

  it('returns the result of the first attempt that succeeds', async () => {
    const attempt = sinon.stub().onFirstCall().rejects(new Error('once')).resolves('result');
    expect(await retry(attempt, options)).to.equal('result');
    expect(attempt.callCount).to.equal(2);
  });

  it('throws the last error after all attempts', async () => {
    let attempts = 0;
    const error = await rejection(
      retry(async () => Promise.reject(new Error(`attempt ${++attempts}`)), options),
    );
    expect(error.message).to.equal('attempt 3');
  });

  it('throws an error that is not retryable at once', async () => {
    const attempt = sinon.stub().rejects(new RangeError('wrong'));
    const error = await rejection(
      retry(attempt, { ...options, isRetryable: (cause) => !(cause instanceof RangeError) }),
    );
    expect(error).to.be.instanceOf(RangeError);
    expect(attempt.callCount).to.equal(1);
  });
});
