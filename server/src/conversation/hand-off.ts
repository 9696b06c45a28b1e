/** Brings people in: opens the ticket and says, in the visitor's language, what happens next. */
import { createHash } from 'node:crypto';
import type { HandOffReason, StoredVerdict, Ticket, Urgency } from '@firstword/shared/ticket';
import type { Message, ResponderChange } from '@firstword/shared/wire';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { PreChatStore } from '../store/pre-chat-store.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { type ConversationTexts, conversationTexts, responderLabel } from './conversation-texts.ts';

export interface HandOffRequest {
  readonly siteId: string;
  readonly conversationId: string;
  readonly openedBy: 'assistant' | 'visitor';
  readonly reason: HandOffReason;
  readonly urgency: Urgency;
  /** The visitor's words that led here. */
  readonly firstLine: string;
  readonly locale: string | undefined;
  readonly verdict?: StoredVerdict;
  /** Opening again with the same key has no second effect. */
  readonly idempotencyKey: string;
}

export interface HandedOff {
  readonly ticketId: string;
  /** False when people were on it already: nothing is said twice. */
  readonly created: boolean;
  readonly responder: ResponderChange;
}

export interface HandOff {
  open(request: HandOffRequest): Promise<HandedOff>;
  /** Stores what the visitor is told of a ticket, once; for viewers. */
  tell(
    conversationId: string,
    ticketId: string,
    notice: Notice,
    locale: string | undefined,
  ): Promise<Message | undefined>;
}
export type Notice = keyof Omit<ConversationTexts, 'responders'>;

export function createHandOff(
  tickets: Pick<Tickets, 'open' | 'setEmail'>,
  store: Pick<ConversationStore, 'say'>,
  preChat: Pick<PreChatStore, 'of'>,
  now: () => number,
): HandOff {
  /** Whoever gave an address before the chat is not asked for it again. */
  const noteEmail = async ({ id, conversationId }: Ticket) => {
    const email = (await preChat.of(conversationId))?.email;
    if (email !== undefined) await tickets.setEmail(id, email);
  };
  return {
    async open({ locale, verdict, ...request }) {
      const { ticket, created } = await tickets.open({
        ...request,
        locale,
        waitingSince: now(),
        ...(verdict === undefined ? {} : { verdict, language: verdict.language }),
      });
      if (created) await noteEmail(ticket);
      const label = responderLabel(locale, 'waiting-agent');
      return { ticketId: ticket.id, created, responder: { responder: 'waiting-agent', ticketId: ticket.id, label } };
    },
    async tell(conversationId, ticketId, notice, locale) {
      const id = noticeId(ticketId, notice);
      const text = conversationTexts(locale)[notice];
      const said = await store.say(conversationId, { id, from: 'system', text, at: now() });
      return said.kind === 'conflict' ? undefined : said.message;
    },
  };
}

/** The same notice of the same ticket has the same id, so that it is said once whoever says it. */
export function noticeId(ticketId: string, what: string): string {
  return createHash('sha256').update(`${ticketId} ${what}`).digest('hex').slice(0, 32);
}
