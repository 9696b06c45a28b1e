/** The port on which a TCP server listens. */
import type { Server } from 'node:net';

/** @throws Error for a server that doesn't listen on a TCP port */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a TCP port.');
  return address.port;
}
