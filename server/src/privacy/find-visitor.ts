/** Finds whom a request is about: their ids on each site, and their conversations, wherever they are stored. */
import type { VisitorRef } from '@firstword/shared/visitor-data';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import type { TicketStore } from '../records/ticket-store.ts';
import type { ConversationTrace, VisitorTraces, WantedVisitor } from '../store/visitor-traces.ts';

export interface Subject {
  readonly visitors: readonly { readonly siteId: string; readonly visitorId: string }[];
  readonly conversations: readonly ConversationTrace[];
}

export type FindVisitor = (ref: Omit<VisitorRef, 'site'>, siteIds: readonly string[]) => Promise<Subject>;

export interface FindVisitorParts {
  readonly traces: Pick<VisitorTraces, 'sessionOf' | 'conversationsOf'>;
  readonly archive: Pick<ConversationArchive, 'conversationsOf' | 'find'>;
  readonly tickets: Pick<TicketStore, 'withEmail'>;
}

export function createFindVisitor({ traces, archive, tickets }: FindVisitorParts): FindVisitor {
  const conversationsOf = async (wanted: WantedVisitor): Promise<ConversationTrace[]> => [
    ...(await archive.conversationsOf(wanted)),
    ...(await traces.conversationsOf(wanted)),
  ];

  /** Tickets name an address that no form asked for: the one for replies. */
  const ofTickets = async (email: string, siteIds: readonly string[]): Promise<ConversationTrace[]> => {
    const found = await tickets.withEmail(email, siteIds);
    const details = await Promise.all(
      found.map(({ conversationId }) => archive.find(conversationId, siteIds, { limit: 1 })),
    );
    return found.map(({ conversationId, siteId }, at) => ({
      conversationId,
      siteId,
      visitorId: details[at]?.conversation.visitorId,
    }));
  };

  const firstTraces = async (
    { visitorId, email, session: token }: Omit<VisitorRef, 'site'>,
    siteIds: readonly string[],
  ) => {
    if (visitorId !== undefined) return conversationsOf({ siteIds, visitorId });
    if (email !== undefined)
      return [...(await conversationsOf({ siteIds, email })), ...(await ofTickets(email, siteIds))];
    const session = token === undefined ? undefined : await traces.sessionOf(token);
    return session !== undefined && siteIds.includes(session.siteId) ? [session] : [];
  };

  return async (ref, siteIds) => {
    const conversations = new Map<string, ConversationTrace>();
    const visitors = new Map<string, Subject['visitors'][number]>();
    const add = ({ conversationId, siteId, visitorId }: ConversationTrace) => {
      const known = conversations.get(conversationId);
      conversations.set(conversationId, { conversationId, siteId, visitorId: visitorId ?? known?.visitorId });
      if (visitorId !== undefined) visitors.set(`${siteId} ${visitorId}`, { siteId, visitorId });
    };
    for (const trace of await firstTraces(ref, siteIds)) add(trace);
    // An address is part of one conversation; what else its visitor wrote belongs to the same person.
    if (ref.visitorId === undefined)
      for (const { siteId, visitorId } of [...visitors.values()])
        for (const trace of await conversationsOf({ siteIds: [siteId], visitorId })) add(trace);
    // Also without a conversation: there may be a session.
    else if (visitors.size === 0)
      for (const siteId of siteIds) visitors.set(`${siteId} ${ref.visitorId}`, { siteId, visitorId: ref.visitorId });
    return { visitors: [...visitors.values()], conversations: [...conversations.values()] };
  };
}
