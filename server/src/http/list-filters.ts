/** What a list's query asks of the stores. Pure, so that a list and its count ask the same. */
import type { conversationListQuerySchema } from '@firstword/shared/conversation-records';
import type { TicketListQuery } from '@firstword/shared/ticket-requests';
import type { z } from 'zod';
import type { ConversationCountFilter } from '../records/conversation-archive.ts';
import type { TicketCountFilter } from '../records/ticket-store.ts';

type ConversationListQuery = z.output<typeof conversationListQuerySchema>;

const DAY_MS = 24 * 60 * 60 * 1000;
/** A conversation is live for this long after its last message. */
const LIVE_MS = 10 * 60 * 1000;

export function ticketFilterOf(
  { site: _, assignee, ...query }: Omit<TicketListQuery, 'limit' | 'cursor'>,
  caller: { readonly siteIds: readonly string[]; readonly agentId: string },
): TicketCountFilter {
  return { ...query, ...caller, assigneeId: assignee };
}

export function conversationFilterOf(
  { site: _, visitor, from, to, live, ...query }: Omit<ConversationListQuery, 'limit' | 'cursor'>,
  { siteIds, now }: { readonly siteIds: readonly string[]; readonly now: number },
): ConversationCountFilter {
  return {
    ...query,
    siteIds,
    visitorId: visitor,
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to) + DAY_MS,
    liveSince: live === undefined ? undefined : now - LIVE_MS,
  };
}
