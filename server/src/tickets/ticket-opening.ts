/** Opens a ticket for a conversation, or returns the one that is open: never two at once. */
import { createHash } from 'node:crypto';
import { cutText } from '@firstword/shared/cut-text';
import type { Actor, Ticket } from '@firstword/shared/ticket';
import type { Log } from '../lib/log.ts';
import { continuesResolved } from './reopen-rule.ts';
import type { AnalysisRuns } from './run-types.ts';
import type { TicketIndex } from './ticket-index.ts';
import { amended } from './ticket-rules.ts';
import { TicketError, type TicketStore } from './ticket-store.ts';
import type { OpenTicket, Tickets } from './ticket-types.ts';

const FIRST_LINE_MAX = 200;
const TRIES = 10;

export function createTicketOpening(parts: {
  store: TicketStore;
  index: TicketIndex;
  act: Tickets['act'];
  queueRun: AnalysisRuns['queueRun'];
  log: Log;
  now: () => number;
}): Tickets['open'] {
  const { store, index, act, queueRun, log, now } = parts;
  const get = async (ticketId: string) => (await store.load(ticketId))?.record.ticket;

  const create = async (id: string, request: OpenTicket, follows: string | undefined) => {
    const { siteId, conversationId, openedBy, reason, urgency, firstLine, verdict, waitingSince } = request;
    const { language, locale } = request;
    const at = now();
    const opening = {
      openedBy,
      reason,
      urgency,
      firstLine: cutText(firstLine, FIRST_LINE_MAX),
      ...(language === undefined ? {} : { language }),
      ...(follows === undefined ? {} : { follows }),
      waitingSince,
    };
    const ticket: Ticket = {
      ...opening,
      id,
      number: await store.nextNumber(siteId),
      siteId,
      conversationId,
      state: 'new',
      version: 1,
      revision: 1,
      ...(locale === undefined ? {} : { locale }),
      openedAt: at,
      changedAt: at,
      reopened: 0,
    };
    const analyse = request.analyse ?? true;
    return store.create({
      record: { ticket, inner: { fence: 1, runs: 0, analyse, ...(verdict === undefined ? {} : { verdict }) } },
      events: [{ at, action: 'open', actor: opener(request), to: 'new', version: 1, reason }],
      responder: 'waiting-agent',
      open: true,
      request: { ...opening, analyse, ...(verdict === undefined ? {} : { verdict }) },
    });
  };

  /** Queues the first analysis. Until the pending token is cleared, a sweep retries it. */
  const analyse = async (ticketId: string, token: string) => {
    try {
      await queueRun(ticketId, 'hand-off', { idempotencyKey: 'first-analysis' });
      await index.clearPending(token);
    } catch (error) {
      log.warn({ ticketId, reason: String(error) }, 'queueing the first analysis failed; the next sweep retries');
    }
  };

  /** Undefined when the conversation needs a new ticket. */
  const join = async (ticketId: string, request: OpenTicket) => {
    const loaded = await store.load(ticketId);
    if (loaded === undefined) return undefined;
    const { ticket, inner } = loaded.record;
    if (ticket.state !== 'resolved') return { ticket, reopened: false };
    if (!continuesResolved(request, inner.verdict)) {
      await leave(ticketId);
      return undefined;
    }
    const actor: Actor = request.actor ?? { kind: 'visitor' };
    const { reason } = request;
    const outcome = await act(ticketId, 'reopen', { actor, reason, idempotencyKey: `open-${request.idempotencyKey}` });
    return outcome.kind === 'not-found' ? undefined : { ticket: outcome.ticket, reopened: outcome.kind === 'done' };
  };

  /** A ticket that stays resolved is no longer the conversation's ticket: the next one follows it. */
  const leave = (ticketId: string) =>
    store.change<'reopened'>(ticketId, ({ record }) =>
      record.ticket.state === 'resolved'
        ? { store: { record: amended(record, {}), open: false } }
        : { stop: 'reopened' },
    );

  return async (request) => {
    const { conversationId, idempotencyKey } = request;
    const id = ticketIdOf(conversationId, idempotencyKey);
    const token = `${id}/opening`;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const { open, last } = await store.pointers(conversationId);
      if (open !== undefined && open !== id) {
        const joined = await join(open, request);
        if (joined !== undefined) return { ...joined, created: false };
      }
      if ((await get(id)) === undefined) {
        await index.markPending(token);
        if ((await create(id, request, last)) !== 'done') continue;
      }
      if (request.analyse ?? true) await analyse(id, token);
      const ticket = await get(id);
      if (ticket !== undefined) return { ticket, created: true, reopened: false };
    }
    throw new TicketError(`opening a ticket for conversation ${conversationId} failed in ${TRIES} attempts`);
  };
}

function opener({ actor, openedBy }: OpenTicket): Actor {
  return actor ?? { kind: openedBy === 'agent' ? 'system' : openedBy };
}

/** A repeated request gets the same id and finds the ticket of the first one. Shaped like a UUID. */
function ticketIdOf(conversationId: string, idempotencyKey: string): string {
  const hex = createHash('sha256').update(`${conversationId}/${idempotencyKey}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
