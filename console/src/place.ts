/** The address is the place: a ticket can be linked to, and the browser's back button goes back. */
import { type ReadonlySignal, signal } from '@preact/signals';

const BASE = '/console';

export interface Place {
  /** The ticket that the address names. */
  readonly ticketId: ReadonlySignal<string | undefined>;
  readonly firstRun: boolean;
  /** The one-time token of a first-run link. It is taken out of the address, so that no screenshot or history holds it. */
  readonly token: string | undefined;
  go(ticketId: string | undefined): void;
  ticketHref(ticketId: string): string;
}

export function createPlace(
  { location, history }: Pick<Window, 'location' | 'history'>,
  onPop: (back: () => void) => void,
): Place {
  const read = () => /\/tickets\/([\w-]+)$/.exec(location.pathname)?.[1];
  const ticketId = signal(read());
  const firstRun = location.pathname === `${BASE}/first-run`;
  const token = firstRun ? (new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined) : undefined;
  if (firstRun) history.replaceState(null, '', `${BASE}/first-run`);
  const ticketHref = (id: string) => `${BASE}/tickets/${encodeURIComponent(id)}`;
  onPop(() => {
    ticketId.value = read();
  });
  return {
    ticketId,
    firstRun,
    token,
    ticketHref,
    go(id) {
      if (id === ticketId.value && !location.pathname.endsWith('/first-run')) return;
      history.pushState(null, '', id === undefined ? BASE : ticketHref(id));
      ticketId.value = id;
    },
  };
}
