import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// A time zone far from UTC and from every group's own, so that a date cut by the machine's zone instead of the
// group's fails on every machine, not only on some.
process.env.TZ = 'Pacific/Kiritimati';

// The processes that tests start load compiled code too. Code from the cache would blur what `npm run coverage` counts.
if (process.env.NODE_V8_COVERAGE) process.env.NODE_DISABLE_COMPILE_CACHE = '1';
else
  process.env.NODE_COMPILE_CACHE = fileURLToPath(
    new URL('../node_modules/.cache/telegram-lake', import.meta.url),
  );
enableCompileCache();
