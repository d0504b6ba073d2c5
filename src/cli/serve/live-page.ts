import { createHash } from 'node:crypto';
import type { LocalLake } from '../../lake/lake.ts';
import { tablePrefix } from '../../lake/object-keys.ts';
import type { LanguageKey } from '../../report/language/languages.ts';
import { lakeRunner } from '../lake/lake-runner.ts';
import { pageOf } from '../lake/report-page.ts';

/** The report of a lake that changes. */
export interface LivePage {
  /** The page of the lake as it is; made once, however many ask, until the lake changes. */
  page(language: LanguageKey): Promise<string>;
  /** The lake was changed by this program: the next request gets a new page, and open pages are notified. */
  changed(): void;
  /** Tells of changes, once for all that come within some seconds, until the answer is called. */
  onChange(tell: () => void): () => void;
}

// A busy group changes every second; nobody reads that fast.
const pauseMilliseconds = 3_000;

// Nothing reports what another program changes: an import, or the erasure of a person.
const lookMilliseconds = 5_000;

/** The report of a lake on this machine, kept until it changes: here or by another program. */
export function livePage(lake: LocalLake, pause = pauseMilliseconds, lookEvery = lookMilliseconds): LivePage {
  const pages = new Map<LanguageKey, { readonly state: string; readonly page: Promise<string> }>();
  const readers = new Set<() => void>();
  let shown: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: NodeJS.Timeout | undefined;
  const tellReaders = () => {
    timer = undefined;
    for (const tell of readers) tell();
  };
  const tellSoon = () => {
    if (timer) return;
    timer = setTimeout(tellReaders, pause).unref();
  };
  const look = async () => {
    const state = await stateOf(lake).catch(() => undefined);
    if (state === undefined || shown === undefined || state === shown || timer) return;
    shown = state;
    tellReaders();
  };
  return {
    async page(language) {
      const state = await stateOf(lake);
      const kept = pages.get(language);
      if (kept?.state === state) return kept.page;
      const page = lakeRunner(lake).then((runner) => pageOf({ lake, runner }, { language, isLive: true }));
      const made = { state, page };
      pages.set(language, made);
      shown = state;
      page.then(
        // The lake changed while the page was made: a browser that gets this page begins to listen only now.
        () => pages.get(language) === made || tellSoon(),
        // What failed once may succeed the next time.
        () => pages.get(language) === made && pages.delete(language),
      );
      return page;
    },
    changed() {
      pages.clear();
      if (readers.size > 0) tellSoon();
    },
    onChange(tell) {
      readers.add(tell);
      looking ??= setInterval(look, lookEvery).unref();
      return () => {
        readers.delete(tell);
        if (readers.size > 0) return;
        clearInterval(looking);
        looking = undefined;
      };
    },
  };
}

/** Changes whenever a day's file does. */
async function stateOf({ enriched }: LocalLake): Promise<string> {
  const hash = createHash('sha256');
  for await (const { key, etag } of enriched.listObjects(tablePrefix)) hash.update(`${key} ${etag}\n`);
  return hash.digest('hex');
}
