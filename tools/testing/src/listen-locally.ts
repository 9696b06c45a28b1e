/** Starts a server that only this machine can reach, by default on a free port. */
import { once } from 'node:events';
import type { Server } from 'node:net';
import { portOf } from '@firstword/server/lib/port-of';

/** @returns the port */
export async function listenLocally(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return portOf(server);
}
