/** Keeps the page, what it shows and its filters in the URL, so that all can be linked to and the Back button works. */
import { FAILURE_PARAMETER, PROVIDER_FAILURES, type ProviderFailure } from '@firstword/shared/provider-failure';
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { basePathOf } from './base-path.ts';
import { LOADED_PAGES, type LoadedPage } from './pages.ts';

const OTHER_PAGES = ['conversations', ...LOADED_PAGES] as const;
export type PageName = 'tickets' | (typeof OTHER_PAGES)[number];

/** Paths of earlier versions, kept for bookmarks. */
const OLD_PAGES: Readonly<Record<string, LoadedPage>> = { numbers: 'response-time', costs: 'cost' };

export interface Router {
  readonly page: ReadonlySignal<PageName>;
  /** The ticket in the URL. */
  readonly ticketId: ReadonlySignal<string | undefined>;
  /** The conversation in the URL, and the filters of the list beside it. Both keep their values on other pages. */
  readonly conversation: ReadonlySignal<ConversationPlace>;
  readonly firstRun: boolean;
  /** The one-time token of a first-run link. It is removed from the URL, so that it isn't in screenshots or the history. */
  readonly token: string | undefined;
  /** Why the browser came back from the identity provider without a session. Removed from the URL as well. */
  readonly signInFailure: ProviderFailure | undefined;
  go(ticketId: string | undefined): void;
  show(page: Exclude<PageName, 'tickets'>): void;
  goToConversation(id: string | undefined): void;
  /** `replace` leaves no step for the Back button. */
  filterConversations(query: string, how: 'push' | 'replace'): void;
  ticketHref(ticketId: string): string;
  pageHref(page: Exclude<PageName, 'tickets'>): string;
  conversationHref(id: string): string;
}

export interface ConversationPlace {
  readonly id: string | undefined;
  /** A query string, without `?`. */
  readonly query: string;
}

export function createRouter(
  { location, history }: Pick<Window, 'location' | 'history'>,
  onPop: (back: () => void) => void,
): Router {
  const base = `${basePathOf(location.pathname)}/console`;
  const pathOf = (name: Exclude<PageName, 'tickets'>) => `${base}/${name}`;
  const read = () => /\/tickets\/([\w-]+)$/.exec(location.pathname)?.[1];
  const readPage = (): PageName =>
    OTHER_PAGES.find(
      (name) => location.pathname === pathOf(name) || location.pathname.startsWith(`${pathOf(name)}/`),
    ) ?? 'tickets';
  const readConversation = (): ConversationPlace => ({
    id: /\/conversations\/([\w.-]+)$/.exec(location.pathname)?.[1],
    query: location.search.slice(1),
  });
  const conversationHref = ({ id, query }: ConversationPlace) =>
    `${pathOf('conversations')}${id === undefined ? '' : `/${encodeURIComponent(id)}`}${query === '' ? '' : `?${query}`}`;
  const renamed = OLD_PAGES[location.pathname.slice(base.length + 1)];
  if (renamed !== undefined) history.replaceState(null, '', pathOf(renamed));
  const ticketId = signal(read());
  const page = signal(readPage());
  const conversation = signal(page.value === 'conversations' ? readConversation() : { id: undefined, query: '' });
  const firstRun = location.pathname === `${base}/first-run`;
  const token = firstRun ? (new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined) : undefined;
  if (firstRun) history.replaceState(null, '', `${base}/first-run`);
  const query = new URLSearchParams(location.search);
  const signInFailure = PROVIDER_FAILURES.find((failure) => failure === query.get(FAILURE_PARAMETER));
  if (query.has(FAILURE_PARAMETER)) history.replaceState(null, '', base);
  const ticketHref = (id: string) => `${base}/tickets/${encodeURIComponent(id)}`;
  const follow = () =>
    batch(() => {
      ticketId.value = read();
      page.value = readPage();
      if (page.value === 'conversations') conversation.value = readConversation();
    });
  const showConversations = (place: ConversationPlace, how: 'push' | 'replace') => {
    history[how === 'push' ? 'pushState' : 'replaceState'](null, '', conversationHref(place));
    follow();
  };
  onPop(follow);
  return {
    page,
    ticketId,
    conversation,
    firstRun,
    token,
    signInFailure,
    ticketHref,
    pageHref: (name) => (name === 'conversations' ? conversationHref(conversation.value) : pathOf(name)),
    conversationHref: (id) => conversationHref({ ...conversation.value, id }),
    go(id) {
      const isShown = id === ticketId.value && page.value === 'tickets';
      if (isShown && !location.pathname.endsWith('/first-run')) return;
      history.pushState(null, '', id === undefined ? base : ticketHref(id));
      follow();
    },
    show(name) {
      if (name === page.value) return;
      if (name === 'conversations') return showConversations(conversation.value, 'push');
      history.pushState(null, '', pathOf(name));
      follow();
    },
    goToConversation(id) {
      if (page.value === 'conversations' && id === conversation.value.id) return;
      showConversations({ ...conversation.value, id }, 'push');
    },
    filterConversations(query, how) {
      if (query !== conversation.value.query) showConversations({ ...conversation.value, query }, how);
    },
  };
}
