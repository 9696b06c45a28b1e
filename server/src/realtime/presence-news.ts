/** Tells agents' pages who views which ticket, and who is online, when that changes. */
import { may, maySomewhere } from '@firstword/shared/permissions';
import type { AgentStatuses, Presence, Viewers } from '../store/agent-presence.ts';
import type { ConsoleServer, ConsoleSocket } from './console-socket.ts';

export interface PresenceNews {
  /** Each process reports changes to its own pages. @param everywhere the change was made here: announce it to the others */
  publish(everywhere: boolean): Promise<void>;
  /** To a page that has just connected. */
  sendAll(socket: ConsoleSocket): Promise<void>;
  isOnline(agentId: string): boolean;
}

export interface PresenceNewsParts {
  readonly namespace: ConsoleServer;
  readonly presence: Pick<Presence, 'read'>;
  /** These agents are online now or no longer, on any process. */
  readonly onAgentsChange: (agentIds: readonly string[]) => void;
}

export function createPresenceNews({ namespace, presence, onAgentsChange }: PresenceNewsParts): PresenceNews {
  let shown = '';
  let statuses: AgentStatuses = new Map();

  /** Each page gets the viewers of the tickets that its agent may see. */
  const sendViewers = (socket: ConsoleSocket, viewers: Viewers) => {
    const { agent } = socket.data;
    const seen = viewers.filter(({ siteId }) => may(agent, 'tickets:read', siteId));
    socket.emit(
      'presence',
      seen.map(({ ticketId, agents: viewing }) => ({ ticketId, agents: viewing })),
    );
  };
  const sendStatuses = (socket: ConsoleSocket) => {
    const { agent } = socket.data;
    const seen = [...statuses].filter(([id]) => id === agent.id || maySomewhere(agent, 'tickets:read'));
    socket.emit(
      'agent-statuses',
      seen.map(([id, status]) => ({ id, status })),
    );
  };
  const follow = (now: AgentStatuses) => {
    const before = statuses;
    statuses = now;
    if (JSON.stringify([...before]) === JSON.stringify([...now])) return;
    for (const socket of namespace.sockets.values()) sendStatuses(socket);
    const known = new Set([...before.keys(), ...now.keys()]);
    const changed = [...known].filter((id) => (before.get(id) === 'online') !== (now.get(id) === 'online'));
    if (changed.length > 0) onAgentsChange(changed);
  };
  const refresh = async (everywhere: boolean) => {
    const { viewers, statuses: now } = await presence.read();
    follow(now);
    const current = JSON.stringify(viewers);
    if (current !== shown || everywhere) for (const socket of namespace.sockets.values()) sendViewers(socket, viewers);
    if (everywhere) namespace.serverSideEmit('presence-change');
    shown = current;
    return viewers;
  };

  return {
    publish: async (everywhere) => void (await refresh(everywhere)),
    async sendAll(socket) {
      sendViewers(socket, await refresh(false));
      sendStatuses(socket);
    },
    isOnline: (agentId) => statuses.get(agentId) === 'online',
  };
}
