/** The ticket list: its rows, the keyboard cursor, and the requests that fill it. */
import type { TicketList, TicketView } from '@firstword/shared/console-wire';
import type { Ticket } from '@firstword/shared/ticket';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Api } from './api.ts';
import { listTexts } from './texts/list-texts.ts';
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
  /** The announcement of tickets that entered the view; empty if there are none. */
  readonly announcement: ReadonlySignal<string>;
  /** The list couldn't be loaded. */
  readonly failed: ReadonlySignal<boolean>;
  /** The row of the keyboard cursor. `moves` changes with each key press, so that the page moves the focus. */
  readonly cursor: ReadonlySignal<{ readonly id: string | undefined; readonly moves: number }>;
  /** The next page is being loaded, or could not be. */
  readonly loadingMore: ReadonlySignal<'no' | 'yes' | 'failed'>;
  show(view: TicketView): Promise<void>;
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
  const failed = signal(false);
  const loadingMore = signal<'no' | 'yes' | 'failed'>('no');
  const cursor = signal<{ id: string | undefined; moves: number }>({ id: undefined, moves: 0 });
  let refreshing: ReturnType<typeof setTimeout> | undefined;

  async function read(apply: (ticketRows: TicketRows, list: TicketList, now: number) => TicketRows) {
    const { view } = ticketRows.value;
    const result = await api.listTickets(view);
    if (ticketRows.value.view !== view) return;
    failed.value = !result.ok && ticketRows.value.rows === undefined;
    if (result.ok) ticketRows.value = apply(ticketRows.value, result.value, Date.now());
  }

  const controller: ListController = {
    ticketRows,
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
      const result = await api.listTickets(view, next);
      if (ticketRows.value.next !== next) return;
      loadingMore.value = result.ok ? 'no' : 'failed';
      if (result.ok) ticketRows.value = applyMore(ticketRows.value, result.value);
    },
    async show(view) {
      loadingMore.value = 'no';
      ticketRows.value = { ...emptyTicketRows(view), counts: ticketRows.value.counts };
      cursor.value = { ...cursor.value, id: undefined };
      await read(applyList);
    },
    showArrived() {
      ticketRows.value = showArrived(ticketRows.value, agentId);
    },
    change(ticket) {
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
