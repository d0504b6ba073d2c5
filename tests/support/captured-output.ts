/** What a run gave, and what it wrote. */
export interface Captured<T> {
  readonly result: T;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they were written. */
  readonly output: string;
}

/** Runs something without a terminal, and returns all that it wrote to stdout and stderr, which then do not show it. */
export async function capturedOutput<T>(run: () => Promise<T>): Promise<Captured<T>> {
  const written: { stream: NodeJS.WriteStream; text: string }[] = [];
  const textOf = (streams: readonly NodeJS.WriteStream[]) =>
    written.flatMap(({ stream, text }) => (streams.includes(stream) ? [text] : [])).join('');
  const { stdin, stdout, stderr } = process;
  const outputs = [stdout, stderr];
  const originals = outputs.map((stream) => stream.write);
  const terminals = [stdin, ...outputs].map((stream) => ({ stream, isTTY: stream.isTTY }));
  for (const { stream } of terminals) stream.isTTY = false;
  for (const stream of outputs) {
    stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      written.push({ stream, text: Buffer.from(chunk as Uint8Array).toString('utf8') });
      const done = rest.at(-1);
      if (typeof done === 'function') done();
      return true;
    }) as typeof stream.write;
  }
  try {
    const result = await run();
    return { result, stdout: textOf([stdout]), stderr: textOf([stderr]), output: textOf(outputs) };
  } finally {
    outputs.forEach((stream, index) => {
      stream.write = originals[index] as typeof stream.write;
    });
    for (const { stream, isTTY } of terminals) stream.isTTY = isTTY;
  }
}
