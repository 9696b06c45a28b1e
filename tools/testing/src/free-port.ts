/** Finds a free TCP port, for programs that cannot choose one. */
import { createServer } from 'node:net';
import { listenLocally } from './listen-locally.ts';

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenLocally(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
