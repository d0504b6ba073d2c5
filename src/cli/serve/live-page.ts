import type { LocalLake } from '../../lake/lake.ts';
import type { LanguageKey } from '../../report/language/languages.ts';
import { lakeRunner } from '../lake/lake-runner.ts';
import { pageOf } from '../lake/report-page.ts';

/** The report of a lake that changes. */
export interface LivePage {
  /** The page of the lake as it is; made once, however many ask, until the lake changes. */
  page(language: LanguageKey): Promise<string>;
  /** The lake has changed: the next who asks gets a new page. */
  changed(): void;
  /** Tells of changes, once for all that come within some seconds, until the answer is called. */
  onChange(tell: () => void): () => void;
}

// A busy group changes every second; nobody reads that fast.
const pauseMilliseconds = 3_000;

/** The report of a lake on this machine, kept until it changes. */
export function livePage(lake: LocalLake, pause = pauseMilliseconds): LivePage {
  const pages = new Map<LanguageKey, Promise<string>>();
  const readers = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  const tellReaders = () => {
    timer = undefined;
    for (const tell of readers) tell();
  };
  const tellSoon = () => {
    if (timer) return;
    timer = setTimeout(tellReaders, pause).unref();
  };
  return {
    page(language) {
      const kept = pages.get(language);
      if (kept) return kept;
      const made = lakeRunner(lake).then((runner) => pageOf({ lake, runner }, { language, isLive: true }));
      pages.set(language, made);
      made.then(
        // The lake changed meanwhile: a browser that gets this page begins to listen only now.
        () => pages.get(language) === made || tellSoon(),
        // What failed once may succeed the next time.
        () => pages.get(language) === made && pages.delete(language),
      );
      return made;
    },
    changed() {
      pages.clear();
      if (readers.size > 0) tellSoon();
    },
    onChange(tell) {
      readers.add(tell);
      return () => readers.delete(tell);
    },
  };
}
