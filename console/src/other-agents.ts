/** Which other agents view the tickets, and who of them writes a reply to the open one. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { LiveListeners } from './live.ts';
import { othersByTicket, type Presence } from './presence.ts';

export interface OtherAgents {
  /** Their names, by ticket id. */
  readonly viewers: ReadonlySignal<ReadonlyMap<string, readonly string[]>>;
  /** Those who are writing a reply to the open ticket. */
  readonly writing: ReadonlySignal<Presence[number]['agents']>;
  readonly view: LiveListeners['presence'];
  readonly type: LiveListeners['agentTyping'];
  /** Another ticket is open, or the connection is lost. */
  stopTyping(): void;
}

export function createOtherAgents(agentId: string, openTicket: ReadonlySignal<string | undefined>): OtherAgents {
  const presence = signal<Presence>([]);
  /** Ids of agents who are typing on the open ticket. */
  const typing = signal<readonly string[]>([]);
  return {
    viewers: computed(() => othersByTicket(presence.value, agentId)),
    writing: computed(() => {
      // Only agents who are viewing the ticket: a page that is closed while its agent types sends no end.
      const viewing = presence.value.find(({ ticketId }) => ticketId === openTicket.value)?.agents ?? [];
      return viewing.filter(({ id }) => id !== agentId && typing.value.includes(id));
    }),
    view: (viewers) => {
      presence.value = viewers;
    },
    type: ({ ticketId, agent, on }) => {
      if (ticketId !== openTicket.value) return;
      const others = typing.value.filter((id) => id !== agent.id);
      typing.value = on ? [...others, agent.id] : others;
    },
    stopTyping: () => {
      typing.value = [];
    },
  };
}
