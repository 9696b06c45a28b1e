/** Keeps in presence which agents' pages are connected, and which ticket each one shows, and tells the pages of this process. */
import { may } from '@firstword/shared/permissions';
import type { Ticket } from '@firstword/shared/ticket';
import type { Log } from '../lib/log.ts';
import type { Presence, Viewer, Viewers } from '../store/agent-presence.ts';
import { type ConsoleServer, type ConsoleSocket, ticketRoom } from './console-socket.ts';

/** A reloading page reconnects within this time, so its agent doesn't count as having left. */
const RELOAD_MS = 5000;

export interface PagePresence {
  /** The page has connected. Never throws. */
  arrive(socket: ConsoleSocket): void;
  /** The page has disconnected. Never throws. */
  leave(socket: ConsoleSocket): void;
  /** The page shows this ticket from here on, or none. */
  watch(socket: ConsoleSocket, ticket: Ticket | undefined): Promise<void>;
  /** Renews the entries of these pages before they expire, and reports what has changed on other processes. */
  renew(sockets: readonly ConsoleSocket[]): Promise<void>;
  /** Whether one of the agent's pages is connected, on any process, as of the last renewal. */
  isConnected(agentId: string): boolean;
  close(): void;
}

export interface PagePresenceParts {
  readonly presence: Presence;
  readonly onAgentsChange: (agentIds: readonly string[]) => void;
  readonly log: Log;
}

export function createPagePresence(
  namespace: ConsoleServer,
  { presence, onAgentsChange, log }: PagePresenceParts,
): PagePresence {
  let shown = '';
  let connected: ReadonlySet<string> = new Set();
  const leaving = new Set<ReturnType<typeof setTimeout>>();
  const warn = (what: string) => (error: unknown) => log.warn({ reason: String(error) }, what);

  /** Each page gets the viewers of the tickets that its agent may see. */
  const sendPresence = (socket: ConsoleSocket, viewers: Viewers) => {
    const { agent } = socket.data;
    const seen = viewers.filter(({ siteId }) => may(agent, 'tickets:read', siteId));
    socket.emit(
      'presence',
      seen.map(({ ticketId, agents: viewing }) => ({ ticketId, agents: viewing })),
    );
  };
  /** Resolves with the viewers. Each process reports changes to its own pages; those made here are announced to the others. */
  const emitPresence = async (everywhere: boolean) => {
    const { viewers, connected: now } = await presence.read();
    const changed = [...connected, ...now].filter((id) => !connected.has(id) || !now.has(id));
    connected = now;
    if (changed.length > 0) onAgentsChange(changed);
    const current = JSON.stringify(viewers);
    if (current !== shown || everywhere) for (const socket of namespace.sockets.values()) sendPresence(socket, viewers);
    if (everywhere) namespace.serverSideEmit('presence-change');
    shown = current;
    return viewers;
  };
  namespace.on('presence-change', () => void emitPresence(false).catch(warn('failed to read presence')));

  const stopWatching = async (socket: ConsoleSocket) => {
    const viewer = viewerOf(socket);
    if (viewer === undefined) return;
    delete socket.data.watched;
    await socket.leave(ticketRoom(viewer.ticketId));
    await presence.drop(viewer);
  };

  return {
    arrive(socket) {
      presence
        .touch([pageOf(socket)])
        .then(() => emitPresence(false))
        .then((viewers) => sendPresence(socket, viewers))
        .catch(warn('failed to read presence'));
    },
    leave(socket) {
      void stopWatching(socket)
        .then(() => emitPresence(true))
        .catch(warn('failed to remove presence of a disconnected page'));
      const timer = setTimeout(() => {
        leaving.delete(timer);
        presence
          .drop(pageOf(socket))
          .then(() => emitPresence(false))
          .catch(warn('failed to remove presence of a disconnected page'));
      }, RELOAD_MS);
      leaving.add(timer);
    },
    async watch(socket, ticket) {
      await stopWatching(socket);
      if (ticket !== undefined && socket.connected) {
        const { id, conversationId, siteId } = ticket;
        socket.data.watched = { ticketId: id, conversationId, siteId };
        await socket.join(ticketRoom(ticket.id));
        const viewer = viewerOf(socket);
        if (viewer !== undefined) await presence.touch([viewer]);
      }
      await emitPresence(true);
    },
    async renew(sockets) {
      await presence.touch(sockets.flatMap((socket) => [pageOf(socket), viewerOf(socket) ?? []].flat()));
      await emitPresence(false);
    },
    isConnected: (agentId) => connected.has(agentId),
    close() {
      for (const timer of leaving) clearTimeout(timer);
    },
  };
}

function pageOf({ id, data }: ConsoleSocket): Viewer {
  return { socketId: id, ticketId: '', siteId: '', agent: { id: data.agent.id, name: data.agent.name } };
}

function viewerOf(socket: ConsoleSocket): Viewer | undefined {
  const { watched } = socket.data;
  return watched && { ...pageOf(socket), ticketId: watched.ticketId, siteId: watched.siteId };
}
