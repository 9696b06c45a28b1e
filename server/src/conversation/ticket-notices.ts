/** Tells visitors what has changed about their ticket: who answers them now, and that it is resolved. */
import type { Ticket } from '@firstword/shared/ticket';
import type { ResponderChange } from '@firstword/shared/wire';
import type { Log } from '../lib/log.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { conversationTexts, responderLabel } from './conversation-texts.ts';
import type { Conversations } from './conversations.ts';
import { noticeId } from './hand-off.ts';
import type { Sink } from './sink.ts';

export interface TicketNoticeParts {
  readonly tickets: Pick<Tickets, 'changes' | 'list'>;
  readonly conversations: Pick<Conversations, 'notify' | 'mute' | 'liveTurn'>;
  readonly store: Pick<ConversationStore, 'snapshot'>;
  /** Each process receives all ticket changes itself, so it sends them to its own viewers only. */
  readonly viewers: { here(conversationId: string): boolean; readonly publishHere: Sink };
  readonly localeOf: (siteId: string) => string | undefined;
  /** What the visitor sees of an agent. */
  readonly agentShown: (agent: NonNullable<Ticket['assignee']>) => Promise<NonNullable<ResponderChange['agent']>>;
  /** Called once per resolved ticket, across all processes. */
  readonly onResolved: (conversationId: string) => void;
  readonly log: Log;
}

export interface TicketNotices {
  /** These agents came or left: the visitors who have them see it. Never throws. */
  publishAgents(agentIds: readonly string[]): void;
  stop(): void;
  readonly stopped: Promise<void>;
}

/** More tickets than an agent can have open at once. */
const TICKETS_OF_AGENT = 200;

/** Follows the changes of tickets from now on. */
export function startTicketNotices(parts: TicketNoticeParts): TicketNotices {
  const { tickets, conversations, store, viewers, log } = parts;
  const stopping = new AbortController();
  /** System messages use the language of the visitor's page, not the one that the visitor writes in. */
  const localeOf = ({ locale, language, siteId }: Ticket) => locale ?? language ?? parts.localeOf(siteId);

  const agentOf = async ({ assignee }: Ticket): Promise<Pick<ResponderChange, 'agent'>> =>
    assignee ? { agent: await parts.agentShown(assignee) } : {};

  /** Asks for a rating, too. Stored once, because its id is made from the ticket. */
  const notifyResolved = async (ticket: Ticket) => {
    const id = noticeId(ticket.id, `resolved ${ticket.reopened}`);
    const text = conversationTexts(localeOf(ticket)).ticketResolved;
    const notice = await conversations.notify(ticket.conversationId, id, text, 'resolved');
    if (notice.kind === 'stored') parts.onResolved(ticket.conversationId);
  };

  const notify = async (ticket: Ticket) => {
    if (ticket.state === 'resolved' && ticket.resolution !== 'withdrawn') await notifyResolved(ticket);
    const { conversationId } = ticket;
    const isOurs = viewers.here(conversationId) || conversations.liveTurn(conversationId) !== undefined;
    if (!isOurs) return;
    const { responder } = await store.snapshot(conversationId, 1);
    if (responder === 'agent') await conversations.mute(conversationId);
    const label = responderLabel(localeOf(ticket), responder);
    const change = { responder, ticketId: ticket.id, label, ...(responder === 'agent' && (await agentOf(ticket))) };
    viewers.publishHere(conversationId, { type: 'responder', change });
  };

  const notifyOfAgents = async (agentIds: readonly string[]) => {
    for (const agentId of agentIds)
      for (const ticket of (await tickets.list({ view: 'mine', agentId, limit: TICKETS_OF_AGENT })).tickets)
        if (viewers.here(ticket.conversationId)) await notify(ticket);
  };

  const follow = async () => {
    for await (const change of tickets.changes(stopping.signal))
      if ('ticket' in change)
        await notify(change.ticket).catch((error: unknown) =>
          log.warn(
            { ticketId: change.ticket.id, reason: String(error) },
            'notifying a visitor of a ticket change failed',
          ),
        );
  };

  return {
    publishAgents: (agentIds) =>
      void notifyOfAgents(agentIds).catch((error: unknown) =>
        log.warn({ reason: String(error) }, 'failed to publish agent presence'),
      ),
    stop: () => stopping.abort(),
    stopped: follow().catch((error: unknown) => log.error({ reason: String(error) }, 'watching ticket changes failed')),
  };
}
