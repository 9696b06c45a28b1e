/** Hands a conversation over to agents: opens the ticket and tells the visitor, in their language, what happens next. */
import { createHash } from 'node:crypto';
import type { HandOffReason, StoredVerdict, Urgency } from '@firstword/shared/ticket';
import type { Message, ResponderChange } from '@firstword/shared/wire';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { PreChatStore } from '../store/pre-chat-store.ts';
import type { HandOffOutcome, Tickets } from '../tickets/ticket-types.ts';
import type { ConversationTexts } from './conversation-languages.ts';
import { conversationTexts, responderLabel } from './conversation-texts.ts';

export interface HandOffRequest {
  readonly siteId: string;
  readonly conversationId: string;
  readonly openedBy: 'assistant' | 'visitor';
  readonly reason: HandOffReason;
  readonly urgency: Urgency;
  /** The visitor's message that led to the hand-off. */
  readonly firstLine: string;
  readonly locale: string | undefined;
  readonly verdict?: StoredVerdict;
  /** The site has verified the visitor's identity. */
  readonly identified?: boolean | undefined;
  /** Opening again with the same key has no second effect. */
  readonly idempotencyKey: string;
}

/** The visitor is notified unless a ticket was open already. After `reopened` the ticket's agent answers. */
export interface HandedOff extends HandOffOutcome {
  readonly responder: ResponderChange;
}

export interface HandOff {
  open(request: HandOffRequest): Promise<HandedOff>;
  /** Stores a notice to the visitor, once, and returns it for viewers. */
  notify(
    conversationId: string,
    handedOff: Pick<HandedOff, 'ticketId' | 'times'>,
    notice: Notice,
    locale: string | undefined,
  ): Promise<Message | undefined>;
}
export type Notice = keyof Omit<ConversationTexts, 'responders'>;

export function createHandOff(
  tickets: Pick<Tickets, 'open'>,
  store: Pick<ConversationStore, 'say'>,
  preChat: Pick<PreChatStore, 'of'>,
  now: () => number,
): HandOff {
  return {
    async open({ locale, verdict, ...request }) {
      // An address from the pre-chat form is not asked for again.
      const email = (await preChat.of(request.conversationId))?.email;
      const handedOff = await tickets.open({
        ...request,
        ...{ locale, email },
        waitingSince: now(),
        ...(verdict === undefined ? {} : { verdict, language: verdict.language }),
      });
      const { ticketId } = handedOff;
      const label = responderLabel(locale, 'waiting-agent');
      return { ...handedOff, responder: { responder: 'waiting-agent', ticketId, label } };
    },
    async notify(conversationId, { ticketId, times }, notice, locale) {
      const id = noticeId(ticketId, times === 0 ? notice : `${notice} ${times}`);
      const text = conversationTexts(locale)[notice];
      const stored = await store.say(conversationId, { id, from: 'system', text, at: now() });
      return stored.kind === 'conflict' ? undefined : stored.message;
    },
  };
}

/** The same notice of the same ticket has the same id, so it is stored once even if two processes send it. */
export function noticeId(ticketId: string, what: string): string {
  return createHash('sha256').update(`${ticketId} ${what}`).digest('hex').slice(0, 32);
}
