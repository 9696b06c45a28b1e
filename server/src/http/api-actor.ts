/** An agent as the one who acts on a ticket. */
import type { AgentView } from '@firstword/shared/console-wire';
import type { Actor } from '@firstword/shared/ticket';

export function actorOf({ id, name }: Pick<AgentView, 'id' | 'name'>): Actor {
  return { kind: 'agent', id, name };
}
