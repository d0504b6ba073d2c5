#!/usr/bin/env node
import { runCommandLine } from './command-line.ts';

// Whoever reads may have read enough: `telegram-lake query … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runCommandLine(process.argv);
