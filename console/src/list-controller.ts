/** The ticket list: its rows, the keyboard cursor, and the requests that fill it. */
import type { TicketList } from '@firstword/shared/console-wire';
import type { SiteName } from '@firstword/shared/reports';
import type { Ticket } from '@firstword/shared/ticket';
import type { TicketView } from '@firstword/shared/ticket-views';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Api } from './api.ts';
import { listTexts } from './texts/list-texts.ts';
import type { TicketFilter } from './ticket-filter.ts';
import {
  applyChange,
  applyList,
  applyListQuietly,
  applyMore,
  emptyTicketRows,
  neighbour,
  settle,
  showArrived,
  type TicketRows,
} from './ticket-rows.ts';

/** One hand-off causes three changes. Changes within this time share one refresh. */
const COUNTS_DELAY_MS = 300;

export interface ListController {
  readonly ticketRows: ReadonlySignal<TicketRows>;
  readonly filter: ReadonlySignal<TicketFilter>;
  /** Those of the server that the agent has access to. */
  readonly sites: ReadonlySignal<readonly SiteName[]>;
  /** The announcement of tickets that entered the view; empty if there are none. */
  readonly announcement: ReadonlySignal<string>;
  /** The list couldn't be loaded. */
  readonly failed: ReadonlySignal<boolean>;
  /** The row of the keyboard cursor. `moves` changes with each key press, so that the page moves the focus. */
  readonly cursor: ReadonlySignal<{ readonly id: string | undefined; readonly moves: number }>;
  /** The next page is being loaded, or could not be. */
  readonly loadingMore: ReadonlySignal<'no' | 'yes' | 'failed'>;
  show(view: TicketView, filter?: TicketFilter): Promise<void>;
  /** Shows the same view with other filters. */
  setFilter(filter: TicketFilter): Promise<void>;
  /** Loads the next page of the view. */
  more(): Promise<void>;
  showArrived(): void;
  change(ticket: Ticket): void;
  /** Called when the agent acts: rows may be sorted and removed, except the open one. */
  settle(openId: string | undefined): void;
  /** Refreshes counts and contents soon, without moving rows. */
  refresh(): void;
  /** Moves the cursor, starting at the open ticket; `0` only focuses the current row. */
  moveCursor(step: 1 | -1 | 0, openId: string | undefined): void;
}

export function createListController(api: Api, agentId: string): ListController {
  const ticketRows = signal<TicketRows>(emptyTicketRows('review'));
  const filter = signal<TicketFilter>({});
  const sites = signal<readonly SiteName[]>([]);
  const failed = signal(false);
  const loadingMore = signal<'no' | 'yes' | 'failed'>('no');
  const cursor = signal<{ id: string | undefined; moves: number }>({ id: undefined, moves: 0 });
  let refreshing: ReturnType<typeof setTimeout> | undefined;

  async function read(apply: (ticketRows: TicketRows, list: TicketList, now: number) => TicketRows) {
    const { view } = ticketRows.value;
    const shown = filter.value;
    const result = await api.listTickets(view, shown);
    if (ticketRows.value.view !== view || filter.value !== shown) return;
    failed.value = !result.ok && ticketRows.value.rows === undefined;
    if (!result.ok) return;
    ticketRows.value = apply(ticketRows.value, result.value, Date.now());
    if (JSON.stringify(sites.value) !== JSON.stringify(result.value.sites)) sites.value = result.value.sites;
  }

  const controller: ListController = {
    ticketRows,
    filter,
    sites,
    announcement: computed(() => {
      const { arrived, loadedAt } = ticketRows.value;
      if (arrived.length === 0) return '';
      return arrived.every(({ openedAt }) => openedAt > loadedAt)
        ? listTexts.newTickets(arrived.length)
        : listTexts.moreTickets(arrived.length);
    }),
    failed,
    loadingMore,
    cursor,
    async more() {
      const { view, next } = ticketRows.value;
      if (next === undefined || loadingMore.value === 'yes') return;
      loadingMore.value = 'yes';
      const result = await api.listTickets(view, filter.value, next);
      if (ticketRows.value.next !== next) return;
      loadingMore.value = result.ok ? 'no' : 'failed';
      if (result.ok) ticketRows.value = applyMore(ticketRows.value, result.value);
    },
    setFilter: (chosen) => controller.show(ticketRows.value.view, chosen),
    async show(view, chosen = {}) {
      loadingMore.value = 'no';
      filter.value = chosen;
      ticketRows.value = { ...emptyTicketRows(view), counts: ticketRows.value.counts };
      cursor.value = { ...cursor.value, id: undefined };
      await read(applyList);
    },
    showArrived() {
      ticketRows.value = showArrived(ticketRows.value, agentId);
    },
    change(ticket) {
      // Only the server knows whether a ticket has what the list is filtered by. The refresh that follows says so.
      const isKnown = ticketRows.value.rows?.some(({ id }) => id === ticket.id) ?? false;
      if (Object.keys(filter.value).length > 0 && !isKnown) return;
      ticketRows.value = applyChange(ticketRows.value, ticket, agentId);
    },
    settle(openId) {
      if (openId !== undefined) cursor.value = { ...cursor.value, id: openId };
      ticketRows.value = settle(ticketRows.value, agentId, openId);
    },
    refresh() {
      clearTimeout(refreshing);
      refreshing = setTimeout(
        () => void read((before, list, now) => applyListQuietly(before, list, agentId, now)),
        COUNTS_DELAY_MS,
      );
    },
    moveCursor(step, openId) {
      const from = cursor.value.id ?? openId;
      const rows = ticketRows.value.rows ?? [];
      const current = rows.find(({ id }) => id === from) ?? rows[0];
      const to = step === 0 ? current : neighbour(ticketRows.value, from, step);
      if (step === 1 && to === rows.at(-1)) void controller.more();
      cursor.value = { id: to?.id, moves: cursor.value.moves + 1 };
    },
  };
  return controller;
}
