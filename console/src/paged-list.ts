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
  /** Reads the first page. What was shown for the same query stays until then. */
  load(query: Query): Promise<void>;
  /** Reads the next page; also after a failure. */
  more(): Promise<void>;
}

export function createPagedList<Query, Item>(
  read: (query: Query, cursor: string | undefined) => Promise<Result<Page<Item>>>,
): PagedList<Query, Item> {
  const pages = signal<readonly (readonly Item[])[] | undefined>(undefined);
  const busy = signal(false);
  const failure = signal<ListFailure | undefined>(undefined);
  const complete = signal(false);
  let shown: Query | undefined;
  let cursor: string | undefined;
  let requests = 0;

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
  };
}
