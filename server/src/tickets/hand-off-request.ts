/**
 * Decides what a hand-off does to the conversation's tickets, and stores that in its head: a ticket is opened, reopened, or
 * joined. Waits for Redis only; `hand-off-record.ts` stores the ticket.
 */
import { createHash } from 'node:crypto';
import { cutText } from '@firstword/shared/cut-text';
import type { HandOffRequested } from '@firstword/shared/feed-event';
import type { HandOffDecision, TicketHead, TicketHeads } from '../store/ticket-heads.ts';
import { continuesResolved } from './reopen-rule.ts';
import { reopenedSummary } from './ticket-delivery.ts';
import { type OpenTicket, TicketError, type Tickets } from './ticket-types.ts';

const FIRST_LINE_MAX = 200;
const TRIES = 10;

export function createHandOffRequest(heads: Pick<TicketHeads, 'read' | 'requestHandOff'>): Tickets['open'] {
  return async (request) => {
    const { conversationId, siteId, idempotencyKey } = request;
    const id = handOffTicketId(conversationId, idempotencyKey);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const head = await heads.read(conversationId);
      if (head.open === id || head.last === id)
        return { ticketId: id, created: true, reopened: false, times: head.summary?.reopened ?? 0 };
      const decision = decide(id, request, head);
      if (!(await heads.requestHandOff({ id: conversationId, siteId }, head, decision))) continue;
      const { ticketId, effect, summary } = decision;
      return {
        ticketId,
        created: effect === 'opened',
        reopened: effect === 'reopened',
        times: summary?.reopened ?? 0,
      };
    }
    throw new TicketError(`handing off conversation ${conversationId} failed in ${TRIES} attempts`);
  };
}

function decide(id: string, request: OpenTicket, { open, last, summary }: TicketHead): HandOffDecision {
  if (open !== undefined && !summary?.resolved)
    return { effect: 'joined', ticketId: open, summary, request: requestOf(request, undefined) };
  if (open !== undefined && summary !== undefined && continuesResolved(request, summary))
    return {
      effect: 'reopened',
      ticketId: open,
      summary: reopenedSummary(summary),
      responder: 'agent',
      request: requestOf(request, undefined),
    };
  const topic = request.verdict?.topic;
  return {
    effect: 'opened',
    ticketId: id,
    summary: { resolved: false, reopened: 0, ...(topic === undefined ? {} : { topic }) },
    responder: 'waiting-agent',
    request: requestOf(request, last),
  };
}

function requestOf(request: OpenTicket, follows: string | undefined): HandOffRequested {
  const { openedBy, reason, urgency, firstLine, waitingSince, analyse = true } = request;
  const { language, locale, verdict, email, identified = false } = request;
  return {
    ...{ openedBy, reason, urgency, waitingSince, analyse },
    firstLine: cutText(firstLine, FIRST_LINE_MAX),
    ...{ language, locale, verdict, email, follows },
    ...(identified || follows !== undefined ? { known: true } : {}),
  };
}

/** A repeated request gets the same id and finds the ticket of the first one. Shaped like a UUID. */
export function handOffTicketId(conversationId: string, idempotencyKey: string): string {
  const hex = createHash('sha256').update(`${conversationId}/${idempotencyKey}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
