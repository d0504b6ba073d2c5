/**
 * The error that a promise rejects with, for a look at its class and properties.
 *
 * @throws Error when the promise resolves instead
 */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome === undefined) throw new Error('expected a rejection, but the promise resolved');
  if (!(outcome instanceof Error)) throw new Error(`rejected with what is no Error: ${String(outcome)}`);
  return outcome;
}

/**
 * What a function throws.
 *
 * @throws Error when it throws nothing
 */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('expected an error, but nothing was thrown');
}

/** The error that ends the reading of an iterable, such as a listing. */
export async function iterationError(items: AsyncIterable<unknown>): Promise<Error> {
  return rejection(Array.fromAsync(items));
}
