/** Closes a server: requests in progress may finish, idle connections are destroyed. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface OpenConnections {
  /**
   * Runs `close` and destroys the connections that are left after `graceMs`. Node's own `close` waits forever for a
   * connection without a request, such as the spare one that browsers open, and Socket.IO's for a suspended page.
   */
  closeWithin(graceMs: number, close: () => Promise<unknown>): Promise<void>;
}

/** Tracks every connection that is opened from now on, including WebSockets. */
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
