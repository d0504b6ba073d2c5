/** A signal that comes with the first Ctrl-C or SIGTERM. The second ends the process as if nobody listened. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  return stop.signal;
}
