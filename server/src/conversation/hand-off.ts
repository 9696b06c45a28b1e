/** Brings people in: opens the ticket and says, in the visitor's language, what happens next. */
import { createHash } from 'node:crypto';
import type { HandOffReason, StoredVerdict, Urgency } from '@firstword/shared/ticket';
import type { HandlerChange, Message } from '@firstword/shared/wire';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { Tickets } from '../tickets/tickets.ts';
import { type ConversationTexts, conversationTexts, handlerLabel } from './texts.ts';

export interface HandOffRequest {
  readonly siteId: string;
  readonly conversationId: string;
  readonly openedBy: 'ai' | 'visitor';
  readonly reason: HandOffReason;
  readonly urgency: Urgency;
  /** The visitor's words that led here. */
  readonly firstLine: string;
  readonly locale: string | undefined;
  readonly verdict?: StoredVerdict;
  /** Opening again with the same key has no second effect. */
  readonly idempotencyKey: string;
  /** What the visitor is told; none when the answer says it already. */
  readonly say?: keyof Omit<ConversationTexts, 'handlers'>;
}

export interface HandedOff {
  readonly ticketId: string;
  /** False when people were on it already: nothing is said twice. */
  readonly created: boolean;
  /** The notice that was stored, for viewers. */
  readonly message?: Message;
  readonly handler: HandlerChange;
}

export type HandOff = (request: HandOffRequest) => Promise<HandedOff>;

export function createHandOff(
  tickets: Pick<Tickets, 'open'>,
  store: Pick<ConversationStore, 'say'>,
  now: () => number,
): HandOff {
  return async ({ say, locale, verdict, ...request }) => {
    const { ticket, created } = await tickets.open({
      ...request,
      waitingSince: now(),
      ...(verdict === undefined ? {} : { verdict, language: verdict.language }),
    });
    const label = handlerLabel(locale, 'waiting_human');
    const handler: HandlerChange = { handler: 'waiting_human', ticketId: ticket.id, label };
    if (!created || say === undefined) return { ticketId: ticket.id, created, handler };
    const said = await store.say(request.conversationId, {
      id: noticeId(ticket.id, say),
      from: 'system',
      text: conversationTexts(locale)[say],
      at: now(),
    });
    return { ticketId: ticket.id, created, handler, ...(said.kind === 'conflict' ? {} : { message: said.message }) };
  };
}

/** The same notice of the same ticket has the same id, so that it is said once whoever says it. */
export function noticeId(ticketId: string, what: string): string {
  return createHash('sha256').update(`${ticketId} ${what}`).digest('hex').slice(0, 32);
}
