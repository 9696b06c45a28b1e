/** The page of conversations: its list with filters and search, the keyboard cursor, and the conversation that is read. */
import type { FoundText, ListedConversation } from '@firstword/shared/conversation-records';
import type { SiteName } from '@firstword/shared/reports';
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Api } from './api.ts';
import { type ConversationFilter, filterQuery, readFilter } from './conversation-filter.ts';
import { type ConversationReader, createConversationReader } from './conversation-reader.ts';
import { createPagedList, type PagedList } from './paged-list.ts';
import type { Router } from './router.ts';

export interface ConversationsController {
  readonly list: PagedList<ConversationFilter, ListedConversation>;
  readonly reader: ConversationReader;
  readonly filter: ReadonlySignal<ConversationFilter>;
  readonly sites: ReadonlySignal<readonly SiteName[]>;
  /** The row of the keyboard cursor. `moves` changes with each key press, so that the page moves the focus. */
  readonly cursor: ReadonlySignal<{ readonly id: string | undefined; readonly moves: number }>;
  /** Counts requests to focus the search field. */
  readonly searchRequests: ReadonlySignal<number>;
  /** The part of the open conversation that the search has found. */
  readonly match: ReadonlySignal<FoundText | undefined>;
  /** Called as the agent types; the list follows after a pause. */
  search(text: string): void;
  /** Whether the list doesn't follow yet. */
  isTyping(): boolean;
  /** Searches what was typed now. */
  searchNow(): void;
  change(filter: { readonly [Name in keyof ConversationFilter]: string | undefined }): void;
  clear(): void;
  refresh(): void;
  /** These have changed: the list and the open conversation follow a moment later, where they are. */
  changed(conversationIds: readonly string[]): void;
  /** A conversation was deleted. */
  erased(conversationId: string): void;
  /** Moves the cursor, starting at the open conversation; `0` focuses the search field. */
  moveCursor(step: 1 | -1 | 0): void;
  /** Focuses the row of the conversation that was left. */
  leave(): void;
  close(): void;
}

export interface ConversationsParts {
  readonly api: Pick<Api, 'listConversations' | 'readConversation' | 'readConversationCalls'>;
  readonly router: Pick<Router, 'page' | 'conversation' | 'filterConversations' | 'goToConversation'>;
  /** Pause in typing after which the list follows. */
  readonly typingMs?: number;
  /** Pause between a change and its reading, so that many changes are read together. */
  readonly followMs?: number;
}

export function createConversations({
  api,
  router,
  typingMs = 60,
  followMs = 2000,
}: ConversationsParts): ConversationsController {
  const sites = signal<readonly SiteName[]>([]);
  const cursor = signal<{ id: string | undefined; moves: number }>({ id: undefined, moves: 0 });
  const searchRequests = signal(0);
  const reader = createConversationReader(api);
  const readList = async (filter: ConversationFilter, from: string | undefined) => {
    const result = await api.listConversations(filter, from);
    if (!result.ok) return result;
    const { conversations, next, sites: named } = result.value;
    // The same array, because every row depends on it.
    if (JSON.stringify(named) !== JSON.stringify(sites.value)) sites.value = named;
    return { ok: true, value: { items: conversations, ...(next === undefined ? {} : { next }) } } as const;
  };
  const list = createPagedList<ConversationFilter, ListedConversation>(({ id }) => id, readList);
  const query = computed(() => router.conversation.value.query);
  const filter = computed(() => readFilter(query.value));
  const rows = () => list.pages.value?.flat() ?? [];
  let following: ReturnType<typeof setTimeout> | undefined;
  let openChanged = false;
  let typed: string | undefined;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let shown: ConversationFilter | undefined;

  const searchNow = () => {
    clearTimeout(typing);
    if (typed === undefined) return;
    const [before, q] = [filter.value, typed];
    typed = undefined;
    // One search is one step of the Back button, however many keys it took.
    router.filterConversations(filterQuery({ ...before, q }), before.q === undefined ? 'push' : 'replace');
  };
  const match = computed(() => {
    const { id } = router.conversation.value;
    return id === undefined || filter.value.q === undefined ? undefined : rows().find((row) => row.id === id)?.match;
  });
  const controller: ConversationsController = {
    list,
    reader,
    filter,
    sites,
    cursor,
    searchRequests,
    match,
    search(text) {
      typed = text;
      clearTimeout(typing);
      typing = setTimeout(searchNow, typingMs);
    },
    isTyping: () => typed !== undefined,
    searchNow,
    change(change) {
      searchNow();
      router.filterConversations(filterQuery({ ...filter.value, ...change }), 'push');
    },
    clear() {
      clearTimeout(typing);
      typed = undefined;
      router.filterConversations('', 'push');
    },
    refresh() {
      void list.load(filter.value);
      void reader.refresh();
    },
    changed(conversationIds) {
      openChanged ||= conversationIds.some((id) => id === reader.current.value?.id);
      following ??= setTimeout(() => {
        following = undefined;
        void list.refresh();
        if (openChanged) void reader.refresh();
        openChanged = false;
      }, followMs);
    },
    erased: reader.erased,
    moveCursor(step) {
      if (step === 0) {
        searchRequests.value += 1;
        return;
      }
      const all = rows();
      const from = all.findIndex(({ id }) => id === (cursor.value.id ?? router.conversation.value.id));
      const to = from === -1 ? 0 : Math.min(all.length - 1, Math.max(0, from + step));
      if (to === all.length - 1) void list.more();
      cursor.value = { id: all[to]?.id, moves: cursor.value.moves + 1 };
    },
    leave() {
      const { id } = router.conversation.value;
      router.goToConversation(undefined);
      cursor.value = { id, moves: cursor.value.moves + 1 };
    },
    close() {
      clearTimeout(typing);
      clearTimeout(following);
      stopLoading();
      stopOpening();
      stopJumping();
    },
  };
  // They run at once, so they come last.
  const stopLoading = effect(() => {
    if (router.page.value !== 'conversations') return;
    const wanted = filter.value;
    untracked(() => {
      if (wanted === shown) return;
      shown = wanted;
      cursor.value = { ...cursor.value, id: undefined };
      void list.load(wanted);
    });
  });
  const stopOpening = effect(() => {
    const { id } = router.conversation.value;
    const isShown = router.page.value === 'conversations';
    untracked(() => {
      if (isShown) reader.open(id);
    });
  });
  const stopJumping = effect(() => {
    const found = match.value;
    const isLoaded = reader.current.value?.detail !== undefined;
    if (found !== undefined && isLoaded) untracked(() => void reader.loadTo(found.seq));
  });
  return controller;
}
