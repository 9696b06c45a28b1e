/** The ticket's events, newest first. */
import type { Actor, TicketEvent } from '@firstword/shared/ticket';
import { reasonText } from '../reason-text.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import { Ago } from './clock.tsx';

export function History({ events }: { events: readonly TicketEvent[] }) {
  if (events.length === 0) return null;
  return (
    <details class="history">
      <summary>{ticketTexts.historyTitle(events.length)}</summary>
      <ol>
        {events
          .toSorted((one, other) => other.at - one.at || other.version - one.version)
          .map((event) => (
            <li key={`${event.version}-${event.action}-${event.at}`}>
              <span>
                {isAutomatic(event)
                  ? ticketTexts.assignedAutomatically
                  : ticketTexts.happened(actorName(event.actor), ticketTexts.history[event.action])}
                {event.reason !== undefined && <span class="note__aside"> {reasonText(event.reason)}</span>}
              </span>
              <Ago at={event.at} />
            </li>
          ))}
      </ol>
    </details>
  );
}

const isAutomatic = ({ action, actor }: TicketEvent) => action === 'assign' && actor.kind === 'system';

function actorName(actor: Actor): string {
  return actor.kind === 'agent' ? actor.name : ticketTexts.actors[actor.kind];
}
