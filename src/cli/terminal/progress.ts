/** How far long work has come, on one line of the terminal that is written over and over. */
export interface Progress {
  /** @param total - where it became known, or changed, since */
  at(done: number, total?: number): void;
  /** Takes the line away. */
  end(): void;
}

/** Where the line is written: a terminal, or nothing to write it on. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const pauseMilliseconds = 100;

/**
 * A line of progress on the terminal, and nothing at all where the output is no terminal.
 *
 * @param knownTotal - in the unit of `done`
 * @param amount - how an amount is written: `megabytes`, or the number as it is
 * @example 'Reading result.json   34 %   68.0 of 200.0 MB'
 */
export function progress(
  label: string,
  knownTotal: number,
  amount: (count: number) => string,
  stream: ProgressStream = process.stderr,
): Progress {
  if (!stream.isTTY) return { at() {}, end() {} };
  let writtenAt = Number.NEGATIVE_INFINITY;
  return {
    at(done, total = knownTotal) {
      const now = performance.now();
      if (now - writtenAt < pauseMilliseconds) return;
      writtenAt = now;
      const share = total > 0 ? Math.floor((100 * done) / total) : 100;
      stream.write(`\r\u001B[2K${label}  ${share} %  ${amount(done)} of ${amount(total)}`);
    },
    end() {
      writtenAt = Number.NEGATIVE_INFINITY;
      stream.write('\r\u001B[2K');
    },
  };
}
