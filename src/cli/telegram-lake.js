#!/usr/bin/env -S node --max-semi-space-size=16
// By itself Node lets young objects take 100 MB, however few of them are in use. This is enough, and no slower.
//
// JavaScript, because this file is compiled before the cache of compiled code is in use: as TypeScript it would load
// Node's type stripper, at each start, for itself alone.
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

// An older Node, started by hand on this file. npm and npx start the one that npm ci installs.
if (!process.features.typescript) {
  console.error(
    `telegram-lake: needs Node 24, and this is ${process.version}. Use npx telegram-lake: it runs the Node that npm ci installs`,
  );
  process.exit(2);
}

// The next command starts in half the time. Where the folder cannot be written, Node goes on without a cache.
module.enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/telegram-lake', import.meta.url)));
const { runCommandLine } = await import('./command-line.ts');

// The reader may have read enough: `telegram-lake query … | head`.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit();
  else throwUnlessClosed(error);
});
process.stderr.on('error', throwUnlessClosed);

// Of a terminal that is closed: a command that is ending has nobody left to write to.
function throwUnlessClosed(error) {
  if (error.code !== 'EIO') throw error;
}

// Ctrl-C, and a terminal that is closed, end by an exit, so that scratch folders are removed; a command that listens
// itself ends in its own time.
for (const [signal, exitCode] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 })) {
  process.on(signal, () => {
    if (process.listenerCount(signal) > 1) return;
    // Below a line of progress.
    if (process.stderr.isTTY) process.stderr.write('\n');
    process.exit(exitCode);
  });
}

process.exitCode = await runCommandLine(process.argv);
