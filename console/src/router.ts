/** Keeps the page and the open ticket in the URL, so that tickets can be linked to and the Back button works. */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { basePathOf } from './base-path.ts';

export const REPORT_PAGES = ['response-time', 'cost'] as const;
export type ReportPage = (typeof REPORT_PAGES)[number];
/** The pages beside the tickets, whose code is loaded when one is opened. */
export const LOADED_PAGES = [...REPORT_PAGES, 'knowledge'] as const;
export type LoadedPage = (typeof LOADED_PAGES)[number];

/** Paths of earlier versions, kept for bookmarks. */
const OLD_PAGES: Readonly<Record<string, ReportPage>> = { numbers: 'response-time', costs: 'cost' };

export interface Router {
  readonly page: ReadonlySignal<'tickets' | LoadedPage>;
  /** The ticket in the URL. */
  readonly ticketId: ReadonlySignal<string | undefined>;
  readonly firstRun: boolean;
  /** The one-time token of a first-run link. It is removed from the URL, so that it isn't in screenshots or the history. */
  readonly token: string | undefined;
  go(ticketId: string | undefined): void;
  show(page: LoadedPage): void;
  ticketHref(ticketId: string): string;
  pageHref(page: LoadedPage): string;
}

export function createRouter(
  { location, history }: Pick<Window, 'location' | 'history'>,
  onPop: (back: () => void) => void,
): Router {
  const base = `${basePathOf(location.pathname)}/console`;
  const read = () => /\/tickets\/([\w-]+)$/.exec(location.pathname)?.[1];
  const readPage = (): 'tickets' | LoadedPage =>
    LOADED_PAGES.find((name) => location.pathname === pageHref(name)) ?? 'tickets';
  const pageHref = (name: LoadedPage) => `${base}/${name}`;
  const renamed = OLD_PAGES[location.pathname.slice(base.length + 1)];
  if (renamed !== undefined) history.replaceState(null, '', pageHref(renamed));
  const ticketId = signal(read());
  const page = signal(readPage());
  const firstRun = location.pathname === `${base}/first-run`;
  const token = firstRun ? (new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined) : undefined;
  if (firstRun) history.replaceState(null, '', `${base}/first-run`);
  const ticketHref = (id: string) => `${base}/tickets/${encodeURIComponent(id)}`;
  const follow = () =>
    batch(() => {
      ticketId.value = read();
      page.value = readPage();
    });
  onPop(follow);
  return {
    page,
    ticketId,
    firstRun,
    token,
    ticketHref,
    pageHref,
    go(id) {
      const isShown = id === ticketId.value && page.value === 'tickets';
      if (isShown && !location.pathname.endsWith('/first-run')) return;
      history.pushState(null, '', id === undefined ? base : ticketHref(id));
      follow();
    },
    show(name) {
      if (name === page.value) return;
      history.pushState(null, '', pageHref(name));
      follow();
    },
  };
}
