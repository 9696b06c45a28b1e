/** Reads the open ticket and its model calls from the server, again after each change. */
import type { Api } from './api.ts';
import { applyDetail, type OpenTicket } from './open-ticket.ts';

/** Changes the open ticket if it is this one. */
export type UpdateTicket = (ticketId: string, change: (before: OpenTicket) => OpenTicket) => void;

/** Model calls are in the ledger up to this long after they end. */
const LEDGER_DELAY_MS = 800;

/** @param hasCalls whether the open ticket's model calls have been read */
export function createTicketReader(
  api: Pick<Api, 'readTicket' | 'readCalls'>,
  update: UpdateTicket,
  hasCalls: () => boolean,
): (ticketId: string) => Promise<void> {
  // One change causes several events. Events during a request cause one more request.
  let loadingId: string | undefined;
  let readAgain = false;
  let callsTimer: ReturnType<typeof setTimeout> | undefined;

  /** Model calls are loaded after the conversation, so that they never delay it. */
  async function readCalls(ticketId: string): Promise<void> {
    const result = await api.readCalls(ticketId);
    if (result.ok) update(ticketId, (now) => ({ ...now, calls: result.value }));
  }

  return async function read(ticketId) {
    if (loadingId === ticketId) {
      readAgain = true;
      return;
    }
    loadingId = ticketId;
    readAgain = false;
    const result = await api.readTicket(ticketId);
    if (loadingId === ticketId) loadingId = undefined;
    if (readAgain && loadingId === undefined) void read(ticketId);
    if (result.ok) {
      update(ticketId, (now) => applyDetail(now, result.value));
      clearTimeout(callsTimer);
      if (hasCalls()) callsTimer = setTimeout(() => void readCalls(ticketId), LEDGER_DELAY_MS);
      else void readCalls(ticketId);
      return;
    }
    update(ticketId, (now) =>
      now.detail === undefined && now.missing !== 'erased'
        ? { ...now, missing: result.code === 'not-found' ? 'not-found' : 'unavailable' }
        : now,
    );
  };
}
