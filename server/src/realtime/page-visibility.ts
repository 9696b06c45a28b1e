/** Keeps which of this process' console pages are visible, so that no agent who sees one is sent push notifications. */
import type { Log } from '../lib/log.ts';
import type { VisiblePage, VisiblePages } from '../store/visible-pages.ts';
import type { ConsoleSocket } from './console-socket.ts';

export interface PageVisibility {
  set(socket: ConsoleSocket, visible: boolean): Promise<void>;
  /** The page has disconnected. Never throws. */
  leave(socket: ConsoleSocket): void;
  /** Renews the entries of these pages before they expire. */
  renew(sockets: readonly ConsoleSocket[]): Promise<void>;
}

export function createPageVisibility(pages: VisiblePages, log: Log): PageVisibility {
  return {
    async set(socket, visible) {
      socket.data.visible = visible && socket.connected;
      if (socket.data.visible) await pages.touch([pageOf(socket)]);
      else await pages.drop(pageOf(socket));
    },
    leave(socket) {
      // At once, unlike presence: what happens while a page is closed must reach the agent.
      pages
        .drop(pageOf(socket))
        .catch((error: unknown) =>
          log.warn({ reason: String(error) }, 'failed to remove a page that has disconnected'),
        );
    },
    renew: (sockets) => pages.touch(sockets.filter(({ data }) => data.visible === true).map(pageOf)),
  };
}

function pageOf({ id, data }: ConsoleSocket): VisiblePage {
  return { agentId: data.agent.id, socketId: id };
}
