/** Detects slow clients and disconnects those that stay slow. */
import type { Socket } from 'socket.io';
import { BACKLOG_LIMITS, isBehind, terminate } from './backlog.ts';

/**
 * Returns whether a client's send buffer is too full for more deltas; the client fetches them by `replay` later.
 * After `patienceMs` it is disconnected, because its queue is held in memory.
 */
export function createSlowClients<Client extends Pick<Socket, 'conn'>>(
  patienceMs: number,
  onDisconnect: (client: Client) => void,
): (client: Client) => boolean {
  const behind = new WeakSet<Client>();
  return (client) => {
    if (!isBehind(client.conn, BACKLOG_LIMITS)) return false;
    if (behind.has(client)) return true;
    behind.add(client);
    setTimeout(() => {
      behind.delete(client);
      if (!isBehind(client.conn, { ...BACKLOG_LIMITS, packets: BACKLOG_LIMITS.packets / 2 })) return;
      onDisconnect(client);
      terminate(client.conn);
    }, patienceMs).unref();
    return true;
  };
}
