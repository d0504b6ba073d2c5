import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/** What the Parquet library writes a file through. */
export interface ParquetStream {
  write(bytes: Uint8Array, done: (error?: Error | null) => void): void;
  end(done: (error?: Error | null) => void): void;
  /** Closes the file where that has not been done, since a write failed. */
  release(): Promise<void>;
  /** Of all bytes that were written so far. To be called once. */
  digest(): WrittenFile;
}

/** A file as it was written. */
export interface WrittenFile {
  readonly sizeBytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** The library writes hundreds of pieces a file, mostly of a few bytes. */
const heldBytes = 2 ** 18;

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
  const hash = createHash('sha256');
  let held: Uint8Array[] = [];
  let heldLength = 0;
  let sizeBytes = 0;
  let written: Promise<unknown> = Promise.resolve();
  const writeHeld = () => {
    const bytes = Buffer.concat(held);
    held = [];
    heldLength = 0;
    hash.update(bytes);
    written = written.then(() => file.writeFile(bytes));
    // Whoever waits next is told.
    written.catch(() => {});
  };
  return {
    write(bytes, done) {
      held.push(bytes);
      heldLength += bytes.length;
      sizeBytes += bytes.length;
      if (heldLength < heldBytes) return done();
      writeHeld();
      settle(written, done);
    },
    end(done) {
      writeHeld();
      settle(closed(file, written), done);
    },
    digest: () => ({ sizeBytes, sha256: hash.digest('hex') }),
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
