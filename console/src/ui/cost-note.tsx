/** The cost of a ticket, separately for its conversation and its analyses, with all model calls. */
import type { TicketCalls } from '@firstword/shared/model-calls';
import { costText } from '../figures.ts';
import { callTexts } from '../texts/call-texts.ts';
import { CallTable } from './call-table.tsx';

export function CostNote({ calls: { calls, conversation, ticket } }: { calls: TicketCalls }) {
  if (calls.length === 0) return null;
  return (
    <section class="part part--quiet">
      <h3>{callTexts.modelCalls}</h3>
      <p>{callTexts.conversationCost(costText(conversation))}</p>
      {calls.some(({ ticketId }) => ticketId !== undefined) && <p>{callTexts.ticketCost(costText(ticket))}</p>}
      <details class="calls">
        <summary>{callTexts.everyCall(calls.length)}</summary>
        <CallTable calls={calls} label={callTexts.modelCalls} />
      </details>
    </section>
  );
}
