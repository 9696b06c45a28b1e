/** Ends a server's connections: who is being answered may finish, who only holds a connection open may not. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface OpenConnections {
  /**
   * Runs what closes the server, and ends within `graceMs` whatever is still connected by then. Node's own `close` waits
   * without end for a connection on which nothing was asked yet, such as the spare one a browser opens in advance, and
   * Socket.IO's for a page that is asleep.
   */
  closeWithin(graceMs: number, close: () => Promise<unknown>): Promise<void>;
}

/** Knows every connection of the server from here on, those that became WebSockets too. */
export function createOpenConnections(http: Server): OpenConnections {
  const open = new Set<Socket>();
  http.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    async closeWithin(graceMs, close) {
      const timer = setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, graceMs);
      await close().finally(() => clearTimeout(timer));
    },
  };
}
