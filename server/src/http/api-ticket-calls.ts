/** The model calls of one conversation: each with its model, TTFT and cost, and their totals. */
import type { ConversationCalls } from '@firstword/shared/conversation-records';
import type { CostView, ModelCallView, TicketCalls } from '@firstword/shared/model-calls';
import type { CallTotals } from '@firstword/shared/reports';
import type { Ticket } from '@firstword/shared/ticket';
import type { Reports } from '../ledger/reports.ts';
import type { LedgerRow } from '../records/ledger-row.ts';

export type CallReports = Pick<Reports, 'conversationCalls' | 'conversationCost' | 'ticketCost'>;

export async function readTicketCalls(reports: CallReports, { id, conversationId }: Ticket): Promise<TicketCalls> {
  const [calls, ticket] = await Promise.all([readConversationCalls(reports, conversationId), reports.ticketCost(id)]);
  return { ...calls, ticket: costView(ticket) };
}

export async function readConversationCalls(
  reports: Pick<CallReports, 'conversationCalls' | 'conversationCost'>,
  conversationId: string,
): Promise<ConversationCalls> {
  const [rows, conversation] = await Promise.all([
    reports.conversationCalls(conversationId),
    reports.conversationCost(conversationId),
  ]);
  return { calls: rows.map(toCallView), conversation: costView(conversation) };
}

export function costView({ cost }: CallTotals): CostView {
  return {
    usd: cost.fullUsd + cost.outputOnlyUsd,
    atLeast: cost.outputOnlyCalls > 0,
    callsOfUnknownPrice: cost.unknownCalls,
  };
}

export function toCallView({ owner, usage, code, ...row }: LedgerRow): ModelCallView {
  const reason = code ?? row.reason;
  const { turnId, ticketId } = owner;
  const { purpose, role, tier, region, modelId, startedAt, ttftMs, totalMs, outcome, costKnown, costUsd, why, masked } =
    row;
  return {
    ...usage,
    ...{ purpose, tier, region, modelId, startedAt, totalMs, outcome, costKnown },
    ...(turnId === undefined ? {} : { turnId }),
    ...(ticketId === undefined ? {} : { ticketId }),
    ...(role === undefined ? {} : { role }),
    ...(ttftMs === undefined ? {} : { ttftMs }),
    ...(reason === undefined ? {} : { reason }),
    ...(costUsd === undefined ? {} : { costUsd }),
    ...(why === undefined ? {} : { why }),
    ...(masked === undefined ? {} : { masked }),
  };
}
