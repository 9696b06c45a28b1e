/** Sees which clients do not read, and cuts off those that go on not reading. */
import type { Socket } from 'socket.io';
import { BACKLOG_LIMITS, cutOff, isBehind } from './backlog.ts';

/**
 * Whether a client is to get no further deltas for now: it asks for them by `replay`, which mends every gap. One that
 * has taken nothing for `patienceMs` is cut off, since what waits for it is held in memory.
 */
export function createSlowClients<Client extends Pick<Socket, 'conn'>>(
  patienceMs: number,
  onCutOff: (client: Client) => void,
): (client: Client) => boolean {
  const behind = new WeakSet<Client>();
  return (client) => {
    if (!isBehind(client.conn, BACKLOG_LIMITS)) return false;
    if (behind.has(client)) return true;
    behind.add(client);
    setTimeout(() => {
      behind.delete(client);
      if (!isBehind(client.conn, { ...BACKLOG_LIMITS, packets: BACKLOG_LIMITS.packets / 2 })) return;
      onCutOff(client);
      cutOff(client.conn);
    }, patienceMs).unref();
    return true;
  };
}
