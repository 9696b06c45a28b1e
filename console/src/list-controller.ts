/** The list of tickets: its board, its cursor, and the reading behind them. */
import type { TicketView } from '@firstword/shared/console-wire';
import type { Ticket } from '@firstword/shared/ticket';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Api } from './api.ts';
import {
  applyChange,
  applyList,
  applyListQuietly,
  emptyTicketRows,
  neighbour,
  settle,
  showArrived,
  type TicketRows,
} from './ticket-rows.ts';

/** Changes come in bursts (a hand-off is three of them); the numbers are read once for all. */
const COUNTS_DELAY_MS = 300;

export interface ListController {
  readonly board: ReadonlySignal<TicketRows>;
  /** The list could not be read. */
  readonly failed: ReadonlySignal<boolean>;
  /** The row the keyboard stands on. `moves` grows with each move, so that the page can follow with the focus. */
  readonly cursor: ReadonlySignal<{ readonly id: string | undefined; readonly moves: number }>;
  show(view: TicketView): Promise<void>;
  showArrived(): void;
  change(ticket: Ticket): void;
  /** The agent did something: rows may take their places, the open one stays. */
  settle(openId: string | undefined): void;
  /** Reads numbers and contents again, soon, without moving anything. */
  refresh(): void;
  /** Moves the cursor, starting from the open ticket when there is none; `0` only brings it back. */
  walk(step: 1 | -1 | 0, openId: string | undefined): void;
}

export function createListController(api: Api, agentId: string): ListController {
  const board = signal<TicketRows>(emptyTicketRows('review'));
  const failed = signal(false);
  const cursor = signal<{ id: string | undefined; moves: number }>({ id: undefined, moves: 0 });
  let refreshing: ReturnType<typeof setTimeout> | undefined;

  async function read(apply: (board: TicketRows, list: Parameters<typeof applyList>[1]) => TicketRows) {
    const { view } = board.value;
    const result = await api.listTickets(view);
    if (board.value.view !== view) return;
    failed.value = !result.ok && board.value.rows === undefined;
    if (result.ok) board.value = apply(board.value, result.value);
  }

  return {
    board,
    failed,
    cursor,
    async show(view) {
      board.value = { ...emptyTicketRows(view), counts: board.value.counts };
      cursor.value = { ...cursor.value, id: undefined };
      await read(applyList);
    },
    showArrived() {
      board.value = showArrived(board.value, agentId);
    },
    change(ticket) {
      board.value = applyChange(board.value, ticket, agentId);
    },
    settle(openId) {
      if (openId !== undefined) cursor.value = { ...cursor.value, id: openId };
      board.value = settle(board.value, agentId, openId);
    },
    refresh() {
      clearTimeout(refreshing);
      refreshing = setTimeout(() => void read((now, list) => applyListQuietly(now, list, agentId)), COUNTS_DELAY_MS);
    },
    walk(step, openId) {
      const from = cursor.value.id ?? openId;
      const rows = board.value.rows ?? [];
      const standing = rows.find(({ id }) => id === from) ?? rows[0];
      const to = step === 0 ? standing : neighbour(board.value, from, step);
      cursor.value = { id: to?.id, moves: cursor.value.moves + 1 };
    },
  };
}
