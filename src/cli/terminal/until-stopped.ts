/**
 * Runs something that a person may stop: the signal comes with the first Ctrl-C or SIGTERM, or when the terminal is
 * closed, and it then ends in its own time. A second Ctrl-C ends the process as if nobody listened.
 */
export async function untilStopped<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = () => {
    forget();
    stop.abort();
  };
  const forget = () => {
    for (const name of signals) process.off(name, onSignal);
  };
  for (const name of signals) process.on(name, onSignal);
  try {
    return await run(stop.signal);
  } finally {
    forget();
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
