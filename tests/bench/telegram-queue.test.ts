import { expect } from 'chai';
import { randomNumbers } from '../../bench/random.ts';
import { playQueue, type QueueScenario } from '../../bench/telegram-queue.ts';

const hour = 3_600;

/** One update every 10 s of one chat, on average. */
const play = (changes: Partial<QueueScenario> = {}) =>
  playQueue({
    updatesPerSecond: 0.1,
    chats: 1,
    outageSeconds: hour,
    retryAfterSeconds: 5,
    deliverySeconds: 0.1,
    maxConnections: 40,
    requestsPerSecond: 100,
    updateBytes: 500,
    random: randomNumbers(1),
    ...changes,
  });

describe("simulation of Telegram's queue", () => {
  it('gives the same for the same seed', () => {
    expect(play()).to.deep.equal(play());
    expect(play()).not.to.deep.equal(play({ random: randomNumbers(2) }));
  });

  it('loses nothing in an hour: all waits, and then comes one by one', () => {
    const outcome = play();
    expect(outcome).to.include({ lostToFullQueue: 0, lostToAge: 0 });
    expect(outcome.mostPending).to.be.within(300, 420);
    expect(outcome.longestDelaySeconds).to.be.within(hour - 120, hour + 6);
    // A tenth of a second each, after a pause of 5 s at most.
    expect(outcome.catchUpSeconds).to.be.within(
      outcome.mostPending * 0.1 - 5,
      outcome.mostPending * 0.1 + 15,
    );
  });

  it('loses what comes when 100,000 updates are pending', () => {
    const outcome = play({ updatesPerSecond: 100 });
    expect(outcome.mostPending).to.equal(100_000);
    // 1,000 s until it is full, then 100 a second; the chat takes 10 of them, so that it never catches up.
    expect(outcome.lostToFullQueue).to.be.greaterThan(260_000);
    expect(outcome.catchUpSeconds).to.equal(Number.POSITIVE_INFINITY);
  });

  it('loses what comes when 128 MiB are pending', () => {
    const outcome = play({ updateBytes: 1_048_576 });
    expect(outcome.mostPending).to.equal(128);
    expect(outcome.lostToFullQueue).to.be.closeTo(outcome.sent - 128, 12);
  });

  it('loses what is older than a day', () => {
    const outcome = play({ outageSeconds: 30 * hour });
    // Those of the first six hours, one in ten seconds.
    expect(outcome.lostToAge).to.be.closeTo(6 * 360, 150);
    expect(outcome.longestDelaySeconds).to.be.within(24 * hour - 300, 24 * hour + 1);
  });

  it('pauses 0, 2, 4, 8… seconds, in the end 60 to 120, where the endpoint asks for no pause', () => {
    // A single update, sent at the start: its attempts end at 0.1, 0.2, 2.3, 6.4, 14.5, 30.6, 62.7, 126.8 s.
    const single = (outageSeconds: number) =>
      play({
        updatesPerSecond: 1e-6,
        outageSeconds,
        retryAfterSeconds: undefined,
        // The first update comes at once, the next ones in millions of seconds, pauses are of 90 s.
        random: sequence([0, 0, 0.5]),
      }).longestDelaySeconds;
    expect(single(0.15)).to.be.closeTo(0.2, 1e-9);
    expect(single(0.25)).to.be.closeTo(2.3, 1e-9);
    expect(single(7)).to.be.closeTo(14.5, 1e-9);
    expect(single(63)).to.be.closeTo(126.8, 1e-9);
    expect(single(127)).to.be.closeTo(126.8 + 90.1, 1e-9);
  });

  it('has one update of a chat under way, and as many chats as there are connections', () => {
    const alone = play({ updatesPerSecond: 5, outageSeconds: hour });
    const side = play({ updatesPerSecond: 5, outageSeconds: hour, chats: 20 });
    expect(side.catchUpSeconds).to.be.lessThan(alone.catchUpSeconds / 5);
    const narrow = play({ updatesPerSecond: 5, outageSeconds: hour, chats: 20, maxConnections: 1 });
    expect(narrow.catchUpSeconds).to.be.greaterThan(side.catchUpSeconds * 5);
  });

  it('takes no more requests a second than the endpoint does', () => {
    const throttled = play({ updatesPerSecond: 5, chats: 20, requestsPerSecond: 20 });
    const free = play({ updatesPerSecond: 5, chats: 20, requestsPerSecond: 1_000 });
    expect(throttled.catchUpSeconds).to.be.greaterThan(free.catchUpSeconds * 3);
    expect(throttled).to.include({ lostToFullQueue: 0, lostToAge: 0 });
  });
});

/** The numbers in turn, the last for ever. */
function sequence(numbers: readonly number[]): () => number {
  const left = [...numbers];
  return () => (left.length > 1 ? left.shift() : left[0]) ?? 0;
}
