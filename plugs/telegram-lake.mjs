/**
 * Reports what a bot sends to its telegram-lake: for grammY, Telegraf and any other JavaScript. Needs Node 18 or newer.
 *
 * It never slows the bot and never makes it fail: reports wait in a short queue and go out one after the other, each for at
 * most two seconds. What does not go out is dropped, and counted in `lake.dropped`.
 *
 *     const lake = lakeReporter(process.env.LAKE_URL, process.env.LAKE_SECRET);
 *     bot.api.config.use(lake.grammy());      // grammY
 *     lake.telegraf(bot);                     // Telegraf, before other middleware
 *     lake.sent(message, { handled: false }); // anything else; or what the bot thinks of its own answer
 */
export function lakeReporter(url, secret, { milliseconds = 2_000, mostWaiting = 100 } = {}) {
  const waiting = [];
  let isSending = false;

  async function sendAll() {
    isSending = true;
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` },
          body,
          redirect: 'error',
          signal: AbortSignal.timeout(milliseconds),
        });
        await response.arrayBuffer();
        if (!response.ok) lake.dropped += 1;
      } catch {
        lake.dropped += 1;
      }
    }
    isSending = false;
  }

  function report(fields) {
    if (waiting.length >= mostWaiting) {
      lake.dropped += 1;
      return;
    }
    waiting.push(JSON.stringify(fields));
    if (!isSending) void sendAll();
  }

  function called(method, payload, result) {
    if (/^deleteMessages?$/.test(method)) {
      const { chat_id, message_id, message_ids } = payload;
      report({ method, payload: { chat_id, message_id, message_ids }, result });
    } else if (typeof result === 'object' && result !== null && (Array.isArray(result) || 'chat' in result)) {
      if (!/^get/.test(method)) report({ method, result });
    }
  }

  const wrapped = new WeakSet();
  function wrap(telegram) {
    if (wrapped.has(telegram)) return;
    wrapped.add(telegram);
    const callApi = telegram.callApi;
    telegram.callApi = async function (method, payload, options) {
      const result = await callApi.call(this, method, payload, options);
      called(method, payload, result);
      return result;
    };
  }

  const lake = {
    /** Reports that were not taken. */
    dropped: 0,
    /** A message that the bot has sent, with what it thinks of it: `{ handled, intent }`. */
    sent: (result, { handled, intent } = {}) => report({ result, handled, intent }),
    /** A transformer of grammY's API calls. */
    grammy: () => async (call, method, payload, signal) => {
      const answer = await call(method, payload, signal);
      if (answer.ok) called(method, payload, answer.result);
      return answer;
    },
    /** Wraps what a bot of Telegraf calls, within updates and outside of them. */
    telegraf(bot) {
      wrap(bot.telegram);
      bot.use((context, next) => {
        wrap(context.telegram);
        return next();
      });
    },
  };
  return lake;
}
