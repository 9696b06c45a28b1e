/** Keeps in presence which agents' pages are connected, and which ticket each one shows, and tells the pages of this process. */
import type { Ticket } from '@firstword/shared/ticket';
import type { Log } from '../lib/log.ts';
import type { Presence, Viewer } from '../store/agent-presence.ts';
import { answerRoom, type ConsoleServer, type ConsoleSocket, ticketRoom } from './console-socket.ts';
import { createPresenceNews } from './presence-news.ts';

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
  /** Whether one of the agent's pages is connected, on any process, and the agent is not away; as of the last renewal. */
  isOnline(agentId: string): boolean;
  /** Sends who is online to all pages, after an agent's choice has changed. */
  publishStatuses(): Promise<void>;
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
  const leaving = new Set<ReturnType<typeof setTimeout>>();
  const warn = (what: string) => (error: unknown) => log.warn({ reason: String(error) }, what);
  const news = createPresenceNews({ namespace, presence, onAgentsChange });
  namespace.on('presence-change', () => void news.publish(false).catch(warn('failed to read presence')));

  const stopWatching = async (socket: ConsoleSocket) => {
    const { watched } = socket.data;
    const viewer = viewerOf(socket);
    if (watched === undefined || viewer === undefined) return;
    delete socket.data.watched;
    await socket.leave(ticketRoom(watched.ticketId));
    await socket.leave(answerRoom(watched.conversationId));
    await presence.drop(viewer);
  };

  return {
    arrive(socket) {
      presence
        .touch([pageOf(socket)])
        .then(() => news.sendAll(socket))
        .catch(warn('failed to read presence'));
    },
    leave(socket) {
      void stopWatching(socket)
        .then(() => news.publish(true))
        .catch(warn('failed to remove presence of a disconnected page'));
      const timer = setTimeout(() => {
        leaving.delete(timer);
        presence
          .drop(pageOf(socket))
          .then(() => news.publish(false))
          .catch(warn('failed to remove presence of a disconnected page'));
      }, RELOAD_MS);
      leaving.add(timer);
    },
    async watch(socket, ticket) {
      await stopWatching(socket);
      if (ticket !== undefined && socket.connected) {
        const { id, conversationId, siteId } = ticket;
        socket.data.watched = { ticketId: id, conversationId, siteId };
        await socket.join([ticketRoom(id), answerRoom(conversationId)]);
        const viewer = viewerOf(socket);
        if (viewer !== undefined) await presence.touch([viewer]);
      }
      await news.publish(true);
    },
    async renew(sockets) {
      await presence.touch(sockets.flatMap((socket) => [pageOf(socket), viewerOf(socket) ?? []].flat()));
      await news.publish(false);
    },
    isOnline: news.isOnline,
    publishStatuses: () => news.publish(true),
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
