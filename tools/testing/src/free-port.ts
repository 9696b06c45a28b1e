/** Finds a free TCP port, for programs that cannot choose one. */

import { once } from 'node:events';
import { createServer } from 'node:net';
import { portOf } from '@firstword/server/lib/port-of';

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
