/** A list that is read page by page by cursor. A late response to an earlier request is dropped. */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Failure, Result } from './api-result.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The cursor of the next page; absent on the last one. */
  readonly next?: string;
}

/** `of`: which page couldn't be read. */
export interface ListFailure {
  readonly code: Failure['code'];
  readonly of: 'first' | 'next';
}

export interface PagedList<Query, Item> {
  /** Each page keeps its identity, so that only new ones are drawn. Undefined until the first response. */
  readonly pages: ReadonlySignal<readonly (readonly Item[])[] | undefined>;
  readonly busy: ReadonlySignal<boolean>;
  /** Why the last request failed. */
  readonly failure: ReadonlySignal<ListFailure | undefined>;
  readonly complete: ReadonlySignal<boolean>;
  /** Counts the first pages that replaced what was shown. */
  readonly loads: ReadonlySignal<number>;
  /** Reads the first page. What was shown for the same query stays until then. */
  load(query: Query): Promise<void>;
  /** Reads the next page; also after a failure. */
  more(): Promise<void>;
  /**
   * Reads the first page again, beside what is shown: items change in place, so that no row moves, and new ones come first. A
   * failure changes nothing.
   */
  refresh(): Promise<void>;
}

export function createPagedList<Query, Item>(
  keyOf: (item: Item) => string,
  read: (query: Query, cursor: string | undefined) => Promise<Result<Page<Item>>>,
): PagedList<Query, Item> {
  const pages = signal<readonly (readonly Item[])[] | undefined>(undefined);
  const busy = signal(false);
  const failure = signal<ListFailure | undefined>(undefined);
  const complete = signal(false);
  const loads = signal(0);
  let shown: Query | undefined;
  let cursor: string | undefined;
  let requests = 0;
  /** The same page where nothing has changed, so that it is not drawn again. */
  const inPlace = (page: readonly Item[], fresh: ReadonlyMap<string, Item>) => {
    const next = page.map((item) => fresh.get(keyOf(item)) ?? item);
    return JSON.stringify(next) === JSON.stringify(page) ? page : next;
  };

  async function readPage(query: Query, from: string | undefined) {
    requests += 1;
    const request = requests;
    busy.value = true;
    const result = await read(query, from);
    if (request !== requests) return;
    batch(() => {
      busy.value = false;
      failure.value = result.ok ? undefined : { code: result.code, of: from === undefined ? 'first' : 'next' };
      if (!result.ok) return;
      const { items, next } = result.value;
      if (from === undefined) loads.value += 1;
      pages.value = from === undefined ? [items] : [...(pages.value ?? []), items];
      complete.value = next === undefined;
      cursor = next;
    });
  }

  return {
    pages,
    busy,
    failure,
    complete,
    loads,
    async load(query) {
      if (query !== shown) {
        pages.value = undefined;
        complete.value = false;
        failure.value = undefined;
      }
      shown = query;
      await readPage(query, undefined);
    },
    async more() {
      if (busy.value || complete.value || shown === undefined) return;
      await readPage(shown, pages.value === undefined ? undefined : cursor);
    },
    async refresh() {
      const [query, before] = [shown, requests];
      if (query === undefined || busy.value || pages.value === undefined) return;
      const result = await read(query, undefined);
      if (!result.ok || before !== requests) return;
      const fresh = new Map(result.value.items.map((item) => [keyOf(item), item]));
      const known = pages.value.map((page) => inPlace(page, fresh));
      const shownKeys = new Set(known.flat().map(keyOf));
      const added = result.value.items.filter((item) => !shownKeys.has(keyOf(item)));
      pages.value = added.length === 0 ? known : [added, ...known];
    },
  };
}
