/** What a ticket has cost so far, its conversation and its analyses apart, with every call behind the sums. */
import type { TicketCalls } from '@firstword/shared/console-wire';
import { costText } from '../figures.ts';
import { texts } from '../texts.ts';
import { CallTable } from './call-table.tsx';

export function CostNote({ calls: { calls, conversation, ticket } }: { calls: TicketCalls }) {
  if (calls.length === 0) return null;
  return (
    <section class="part part--quiet">
      <h3>{texts.modelCalls}</h3>
      <p>{texts.conversationCost(costText(conversation))}</p>
      {calls.some(({ ticketId }) => ticketId !== undefined) && <p>{texts.ticketCost(costText(ticket))}</p>}
      <details class="calls">
        <summary>{texts.everyCall(calls.length)}</summary>
        <CallTable calls={calls} label={texts.modelCalls} />
      </details>
    </section>
  );
}
