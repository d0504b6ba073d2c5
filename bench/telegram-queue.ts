import type { Random } from './random.ts';

/** A bot's webhook, and an outage of the store behind it. Times are seconds from the start of the outage. */
export interface QueueScenario {
  /** Updates a second, over all chats, evenly spread by chance. */
  readonly updatesPerSecond: number;
  readonly chats: number;
  readonly outageSeconds: number;
  /** What the endpoint says when the store fails; undefined for an endpoint that says nothing of the kind. */
  readonly retryAfterSeconds: number | undefined;
  /** Telegram's way to the endpoint and back, the store's answer included. */
  readonly deliverySeconds: number;
  /** Of `setWebhook`: requests under way at once, over all chats. */
  readonly maxConnections: number;
  /** What the endpoint takes before it answers 429; the bucket holds twice that. */
  readonly requestsPerSecond: number;
  readonly updateBytes: number;
  readonly random: Random;
}

/** What became of the updates that were sent from the start of the outage until the queue was empty again. */
export interface QueueOutcome {
  readonly sent: number;
  /** Not taken by Telegram's queue, because it was full. */
  readonly lostToFullQueue: number;
  /** Older than 24 hours before they could be delivered. */
  readonly lostToAge: number;
  readonly mostPending: number;
  /** The longest way of a delivered update, from being sent to being stored. */
  readonly longestDelaySeconds: number;
  /** From the end of the outage until nothing was pending; infinite when that did not happen within two days. */
  readonly catchUpSeconds: number;
}

// Telegram's, as its Bot API server has them.
const longestAgeSeconds = 86_400;
const mostPendingUpdates = 100_000;
const mostPendingBytes = 128 * 1_048_576;
const backOffSeconds = [0, 2, 4, 8, 16, 32, 64];

/**
 * Plays what Telegram does with a bot's updates while the endpoint cannot store them, and afterwards.
 *
 * Each chat has a queue of its own, of which only the head is under way: it is tried again at once, after 2, 4, 8…
 * seconds, in the end after 60 to 120, or when `Retry-After` says. After 24 hours an update is dropped. All queues
 * together hold no more than 100,000 updates or 128 MiB; what comes then is lost.
 */
export function playQueue(scenario: QueueScenario): QueueOutcome {
  const { updatesPerSecond, chats, outageSeconds, updateBytes, random } = scenario;
  const bound = Math.min(mostPendingUpdates, Math.floor(mostPendingBytes / updateBytes));
  const queues = Array.from({ length: chats }, () => newQueue());
  const attempts = new TimeHeap();
  const waitingForConnection: number[] = [];
  const endpoint = newEndpoint(scenario);
  let [now, sent, pending, mostPending, busy] = [0, 0, 0, 0, 0];
  let [lostToFullQueue, lostToAge, longestDelaySeconds] = [0, 0, 0];
  let catchUpSeconds = Number.POSITIVE_INFINITY;
  let nextArrival = -Math.log(1 - random()) / updatesPerSecond;

  const begin = (chat: number): void => {
    const queue = queues[chat];
    if (!queue) return;
    if (busy >= scenario.maxConnections) {
      waitingForConnection.push(chat);
      return;
    }
    busy += 1;
    attempts.add(now + scenario.deliverySeconds, chat);
  };

  const end = (chat: number): void => {
    const queue = queues[chat];
    if (!queue) return;
    if (queue.isPausing) {
      queue.isPausing = false;
      dropOld(queue);
      if (queue.length > 0) begin(chat);
      return;
    }
    busy -= 1;
    const answer = endpoint.answer(now);
    if (answer === 'stored') {
      longestDelaySeconds = Math.max(longestDelaySeconds, now - queue.take());
      pending -= 1;
      queue.failures = 0;
      dropOld(queue);
      if (queue.length > 0) begin(chat);
    } else {
      queue.isPausing = true;
      attempts.add(now + pauseSeconds(queue.failures, answer, random), chat);
      queue.failures += 1;
    }
    const next = waitingForConnection.shift();
    if (next !== undefined) begin(next);
  };

  const dropOld = (queue: Queue): void => {
    while (queue.length > 0 && now - queue.oldest() > longestAgeSeconds) {
      queue.take();
      pending -= 1;
      lostToAge += 1;
    }
  };

  const arrive = (): void => {
    const chat = Math.floor(random() * chats);
    const queue = queues[chat];
    sent += 1;
    if (pending >= bound) {
      lostToFullQueue += 1;
    } else if (queue) {
      queue.add(now);
      pending += 1;
      mostPending = Math.max(mostPending, pending);
      if (queue.length === 1 && !queue.isPausing) begin(chat);
    }
    nextArrival = now - Math.log(1 - random()) / updatesPerSecond;
  };

  const horizon = outageSeconds + 2 * 86_400;
  for (;;) {
    const [attemptAt, chat] = attempts.first();
    now = Math.min(nextArrival, attemptAt);
    if (now > horizon) break;
    if (nextArrival < attemptAt) arrive();
    else {
      attempts.removeFirst();
      end(chat);
    }
    if (now > outageSeconds && pending === 0) {
      catchUpSeconds = now - outageSeconds;
      break;
    }
  }
  return { sent, lostToFullQueue, lostToAge, mostPending, longestDelaySeconds, catchUpSeconds };
}

/** `failed` names how long the endpoint asks Telegram to wait, if it does. */
type Answer = 'stored' | { readonly retryAfterSeconds: number | undefined };

/** Stores nothing during the outage; afterwards all that its token bucket has a token for. */
function newEndpoint({ outageSeconds, retryAfterSeconds, requestsPerSecond }: QueueScenario) {
  const size = 2 * requestsPerSecond;
  let tokens = size;
  let filledAt = 0;
  return {
    answer(now: number): Answer {
      tokens = Math.min(size, tokens + (now - filledAt) * requestsPerSecond);
      filledAt = now;
      if (tokens < 1) return { retryAfterSeconds: undefined };
      tokens -= 1;
      return now < outageSeconds ? { retryAfterSeconds } : 'stored';
    },
  };
}

function pauseSeconds(
  failures: number,
  answer: { readonly retryAfterSeconds: number | undefined },
  random: Random,
): number {
  return answer.retryAfterSeconds ?? backOffSeconds[failures] ?? 60 + 60 * random();
}

interface Queue {
  length: number;
  failures: number;
  /** Its head has failed and waits for the next attempt. */
  isPausing: boolean;
  add(sentAt: number): void;
  oldest(): number;
  take(): number;
}

/** First in, first out: an array whose taken part is cut off now and then. */
function newQueue(): Queue {
  let sentTimes: number[] = [];
  let first = 0;
  return {
    length: 0,
    failures: 0,
    isPausing: false,
    add(sentAt) {
      sentTimes.push(sentAt);
      this.length += 1;
    },
    oldest: () => sentTimes[first] ?? 0,
    take() {
      const sentAt = sentTimes[first] ?? 0;
      first += 1;
      this.length -= 1;
      if (first > 10_000) {
        sentTimes = sentTimes.slice(first);
        first = 0;
      }
      return sentAt;
    },
  };
}

/** Chats by the time at which something happens to them, the earliest first. */
class TimeHeap {
  readonly #times: number[] = [];
  readonly #chats: number[] = [];

  /** Infinitely late when there is none. */
  first(): readonly [time: number, chat: number] {
    return [this.#times[0] ?? Number.POSITIVE_INFINITY, this.#chats[0] ?? -1];
  }

  add(time: number, chat: number): void {
    let index = this.#times.push(time) - 1;
    this.#chats.push(chat);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#time(parent) <= this.#time(index)) break;
      this.#swap(parent, index);
      index = parent;
    }
  }

  removeFirst(): void {
    this.#swap(0, this.#times.length - 1);
    this.#times.pop();
    this.#chats.pop();
    for (let index = 0; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let least = index;
      if (this.#time(left) < this.#time(least)) least = left;
      if (this.#time(right) < this.#time(least)) least = right;
      if (least === index) return;
      this.#swap(index, least);
      index = least;
    }
  }

  #time(index: number): number {
    return this.#times[index] ?? Number.POSITIVE_INFINITY;
  }

  #swap(a: number, b: number): void {
    const [time, chat] = [this.#times[a] ?? 0, this.#chats[a] ?? 0];
    this.#times[a] = this.#times[b] ?? 0;
    this.#chats[a] = this.#chats[b] ?? 0;
    this.#times[b] = time;
    this.#chats[b] = chat;
  }
}
