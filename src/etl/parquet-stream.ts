import { type FileHandle, open } from 'node:fs/promises';

/** What the Parquet library writes a file through. */
export interface ParquetStream {
  write(bytes: Uint8Array, done: (error?: Error | null) => void): void;
  end(done: (error?: Error | null) => void): void;
  /** Closes the file where that has not been done, since a write failed. */
  release(): Promise<void>;
}

/**
 * A file to write to, one write after the other, that reports a failure only to a caller who waits for it.
 *
 * The library writes the file's first bytes without waiting: a disk that is full at that moment would end the process
 * by an unhandled rejection. So the first write never fails here; its error is that of the next one.
 *
 * @throws Error of the file system when the file cannot be made
 */
export async function parquetStream(path: string): Promise<ParquetStream> {
  const file = await open(path, 'w', 0o600);
  let written: Promise<unknown> = Promise.resolve();
  let isFirst = true;
  return {
    write(bytes, done) {
      written = written.then(() => file.writeFile(bytes));
      if (isFirst) {
        isFirst = false;
        // It is kept for the next write.
        written.catch(() => {});
        done();
      } else {
        settle(written, done);
      }
    },
    end: (done) => settle(closed(file, written), done),
    // A handle that is closed already has no number any more.
    release: async () => (file.fd >= 0 ? file.close() : undefined),
  };
}

async function closed(file: FileHandle, written: Promise<unknown>): Promise<void> {
  try {
    await written;
  } finally {
    await file.close();
  }
}

function settle(promise: Promise<unknown>, done: (error?: Error | null) => void): void {
  promise.then(
    () => done(),
    (error: Error) => done(error),
  );
}
