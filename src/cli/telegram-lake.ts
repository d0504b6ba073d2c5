#!/usr/bin/env -S node --max-semi-space-size=16
// By itself Node lets young objects take 100 MB, however few of them are in use. This is enough, and no slower.
import { runCommandLine } from './command-line.ts';

// Whoever reads may have read enough: `telegram-lake query … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Ctrl-C ends by an exit, so that scratch folders are removed; a command that listens itself ends in its own time.
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) > 1) return;
    // Below a line of progress.
    if (process.stderr.isTTY) process.stderr.write('\n');
    process.exit(exitCode);
  });
}

process.exitCode = await runCommandLine(process.argv);
