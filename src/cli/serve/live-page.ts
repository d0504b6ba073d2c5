import { createHash } from 'node:crypto';
import type { LocalLake } from '../../lake/lake.ts';
import { forgottenPrefix, tablePrefix } from '../../lake/object-keys.ts';
import type { LanguageKey } from '../../report/language/languages.ts';
import type { ObjectStore } from '../../storage/object-store.ts';
import { groupsOf } from '../lake/groups-of.ts';
import { lakeRunner } from '../lake/lake-runner.ts';
import { pageOf } from '../lake/report-page.ts';
import { type KeptAnswers, keptAnswers } from './kept-answers.ts';
import type { LargeDays } from './large-days.ts';

/** The report of a lake that changes. */
export interface LivePage {
  /**
   * The page of the lake as it is, or of one of its chats; made once, however many ask, until the lake changes. The page
   * of a chat that the lake does not have is that of the whole lake.
   */
  page(language: LanguageKey, chatId?: number): Promise<string>;
  /** The lake was changed by this program: the next request gets a new page, and open pages are notified. */
  changed(): void;
  /** Tells of changes, at most once in some seconds, until the answer is called. */
  onChange(tell: () => void): () => void;
}

// A busy group changes every second; nobody reads that fast.
const pauseMilliseconds = 3_000;

// Nothing reports what another program changes: an import, or the erasure of a person.
const lookMilliseconds = 5_000;

export interface LivePageOptions {
  /** The days whose newest rows lie beside the lake. */
  readonly large?: Pick<LargeDays, 'fresh' | 'version'>;
  readonly pause?: number;
  readonly lookEvery?: number;
}

/**
 * The report of a lake on this machine, kept until it changes: here or by another program. Of a large lake what concerns
 * questions follows a while after the rest.
 */
export function livePage(
  lake: LocalLake,
  { large, pause = pauseMilliseconds, lookEvery = lookMilliseconds }: LivePageOptions = {},
): LivePage {
  const pages = new Map<string, { readonly state: string; readonly page: Promise<string> }>();
  const readers = new Set<() => void>();
  let shown: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: NodeJS.Timeout | undefined;
  let isMore = false;
  const tellReaders = () => {
    for (const tell of readers) tell();
  };
  const pauseThenTell = () => {
    timer = setTimeout(() => {
      timer = undefined;
      if (isMore) tellSoon();
    }, pause).unref();
  };
  /** At once; what comes within the pause is told of at its end. */
  const tellSoon = () => {
    isMore = timer !== undefined;
    if (isMore) return;
    tellReaders();
    pauseThenTell();
  };
  /** For those who are not listening yet. */
  const tellLater = () => {
    isMore = true;
    if (!timer) pauseThenTell();
  };
  const options = large ? { fresh: large.fresh } : {};
  const keptByChat = new Map<number | undefined, KeptAnswers>();
  const answersOf = (chatId: number | undefined) => {
    const answers =
      keptByChat.get(chatId) ??
      keptAnswers(
        // One of the processors: the other makes the pages meanwhile.
        () => lakeRunner(lake, { chatId }, { ...options, threads: 1 }),
        () => changed(),
      );
    keptByChat.set(chatId, answers);
    return answers;
  };
  const makePage = async (language: LanguageKey, wanted: number | undefined) => {
    // Another DuckDB may compute the slow answers meanwhile.
    const memory = keptByChat.get(wanted)?.areUsed() ? { memoryShare: 0.5 } : {};
    const whole = await lakeRunner(lake, {}, { ...options, ...memory });
    const groups = await groupsOf(whole).catch((error) => {
      whole.close();
      throw error;
    });
    const chosen = groups.some(({ chatId }) => chatId === wanted) ? wanted : undefined;
    let runner = whole;
    if (chosen !== undefined) {
      whole.close();
      runner = await lakeRunner(lake, { chatId: chosen }, { ...options, ...memory });
    }
    const chooser = { groups, chosen };
    return pageOf({ lake, runner: answersOf(chosen).over(runner) }, { language, isLive: true, chooser });
  };
  let forgotten: string | undefined;
  /** Changes whenever the rows do. After an erasure nothing is kept of what was answered before. */
  const currentState = async () => {
    const [files, people] = await Promise.all([
      listingState(lake.enriched, tablePrefix),
      listingState(lake.raw, forgottenPrefix),
    ]);
    if (people !== forgotten) for (const answers of keptByChat.values()) answers.forget();
    forgotten = people;
    return `${files} ${people} ${large?.version() ?? 0}`;
  };
  const changed = () => {
    pages.clear();
    if (readers.size > 0) tellSoon();
  };
  const look = async () => {
    const state = await currentState().catch(() => undefined);
    if (state === undefined || shown === undefined || state === shown || timer) return;
    shown = state;
    tellReaders();
  };
  return {
    async page(language, chatId) {
      const state = await currentState();
      const name = `${language} ${chatId ?? ''}`;
      const kept = pages.get(name);
      if (kept?.state === state) return kept.page;
      const page = makePage(language, chatId);
      const made = { state, page };
      pages.set(name, made);
      shown = state;
      page.then(
        // The lake changed while the page was made: a browser that gets this page begins to listen only now.
        () => pages.get(name) === made || tellLater(),
        // What failed once may succeed the next time.
        () => pages.get(name) === made && pages.delete(name),
      );
      return page;
    },
    changed,
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

/** Changes whenever one of these objects does. */
async function listingState(store: ObjectStore, prefix: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const { key, etag } of store.listObjects(prefix)) hash.update(`${key} ${etag}\n`);
  return hash.digest('hex');
}
