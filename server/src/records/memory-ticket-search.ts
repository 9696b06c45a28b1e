/** What lists and searches of the tickets in memory find. Names are searched, and no conversations. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { Ticket } from '@firstword/shared/ticket';
import { isInView, isNewestFirst } from '@firstword/shared/ticket-views';
import { foundAnalysis } from './analysis-search.ts';
import type { SiteIds } from './conversation-archive.ts';
import { comparePositions } from './memory-pages.ts';
import { type Position, readCursor, toPage } from './page-cursor.ts';
import type { TicketRecord } from './ticket-record.ts';
import { searchedNames, workOrder } from './ticket-rows.ts';
import type { FoundAnalysis, TicketFilter, TicketListView } from './ticket-store.ts';

const isListed = (view: TicketListView, agentId: string, ticket: Ticket): boolean =>
  view === 'all' || isInView(ticket, view, agentId);

export function listTickets(records: readonly TicketRecord[], filter: TicketFilter) {
  const { view, agentId, siteIds, limit, cursor, q, state, urgency, assigneeId, reason, topic, language, tag } = filter;
  const newestFirst = isNewestFirst(view);
  const placeOf = (ticket: Ticket): Position => [
    newestFirst ? ticket.changedAt : (workOrder(ticket) ?? 0),
    ticket.id,
    0,
  ];
  const inOrder: typeof comparePositions = newestFirst
    ? (one, other) => comparePositions(other, one)
    : comparePositions;
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const found = records
    .filter(
      ({ ticket, inner }) =>
        isListed(view, agentId, ticket) &&
        (reason === undefined || ticket.reason === reason) &&
        (language === undefined || ticket.language === language) &&
        (topic === undefined || inner.verdict?.topic?.toLowerCase() === topic.toLowerCase()) &&
        (siteIds?.includes(ticket.siteId) ?? true) &&
        (state === undefined || ticket.state === state) &&
        (urgency === undefined || ticket.urgency === urgency) &&
        (assigneeId === undefined || ticket.assignee?.id === assigneeId) &&
        (tag === undefined || ticket.tags?.includes(tag) === true) &&
        (q === undefined || searchedNames(ticket).includes(q.toLowerCase())) &&
        (after === undefined || inOrder(placeOf(ticket), after) > 0),
    )
    .map(({ ticket }) => ticket)
    .sort((one, other) => inOrder(placeOf(one), placeOf(other)));
  const { page, ...next } = toPage(found, limit, placeOf);
  return { tickets: page, ...next };
}

/** @param newest each ticket with its newest analysis run */
export function searchAnalyses(
  newest: readonly { readonly ticket: Ticket; readonly run: AnalysisRun | undefined }[],
  siteIds: SiteIds,
  q: string,
  limit: number,
): FoundAnalysis[] {
  const words = q.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return newest
    .flatMap(({ ticket, run }) => (run !== undefined && siteIds.includes(ticket.siteId) ? [{ ticket, run }] : []))
    .toSorted((one, other) => other.run.createdAt - one.run.createdAt)
    .flatMap(({ ticket, run }) => foundAnalysis(ticket, run) ?? [])
    .filter(
      ({ text }) =>
        words.length > 0 &&
        words.every((word) =>
          text
            .toLowerCase()
            .split(/[^\p{L}\p{N}]+/u)
            .includes(word),
        ),
    )
    .slice(0, limit);
}
