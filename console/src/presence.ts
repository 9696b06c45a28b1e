/** Who views which ticket. Pure. */
import type { ConsoleServerEvents } from '@firstword/shared/console-events';

export type Presence = Parameters<ConsoleServerEvents['presence']>[0];

/** Names of the other agents who view a ticket, by ticket id. */
export function othersByTicket(presence: Presence, agentId: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    presence.map(({ ticketId, agents }) => [
      ticketId,
      agents.filter(({ id }) => id !== agentId).map(({ name }) => name),
    ]),
  );
}
