/** The search over everything: what was typed, and its results. Results of an earlier text are dropped. */
import type { SearchResults } from '@firstword/shared/search';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { InboxApi } from './inbox-api.ts';
import { createResource } from './resource.ts';

export interface SearchBox {
  readonly text: ReadonlySignal<string>;
  /** Of the text that they were found by, which is the typed one once it has been searched. */
  readonly found: ReadonlySignal<{ readonly q: string; readonly results: SearchResults } | undefined>;
  readonly busy: ReadonlySignal<boolean>;
  readonly failed: ReadonlySignal<boolean>;
  /** Searches after a pause in typing. */
  type(text: string): void;
  /** Searches again what was typed. */
  retry(): void;
  clear(): void;
}

type Found = { q: string; results: SearchResults };

export function createSearchBox(api: Pick<InboxApi, 'search'>, pauseMs = 60): SearchBox {
  const text = signal('');
  const search = createResource<{ q: string }, Found>({ q: '' }, async ({ q }) => {
    const result = await api.search(q);
    return result.ok ? { ok: true, value: { q, results: result.value } } : result;
  });
  let typing: ReturnType<typeof setTimeout> | undefined;
  const start = () => {
    const q = text.value.trim();
    if (q === '') search.clear();
    else void search.load({ q });
  };
  return {
    text,
    found: search.response,
    busy: computed(() => search.busy.value || search.query.value.q !== text.value.trim()),
    failed: search.failed,
    type(typed) {
      text.value = typed;
      clearTimeout(typing);
      typing = setTimeout(start, pauseMs);
    },
    retry: start,
    clear() {
      clearTimeout(typing);
      text.value = '';
      search.clear();
    },
  };
}
