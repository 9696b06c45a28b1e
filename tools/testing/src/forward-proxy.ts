/** A forward proxy that tunnels every CONNECT to one local port, whatever host is asked for. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { listenLocally } from './listen-locally.ts';

export interface ForwardProxy {
  readonly url: string;
  /** `host:port` of each tunnel, in order. */
  readonly tunnels: readonly string[];
  /** `proxy-authorization` of each tunnel. */
  readonly credentials: readonly (string | undefined)[];
  stop(): Promise<void>;
}

/** @param refuse a status with which every tunnel is refused */
export async function startForwardProxy(targetPort: number, refuse?: number): Promise<ForwardProxy> {
  const tunnels: string[] = [];
  const credentials: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  });
  server.on('connect', (request, client) => {
    tunnels.push(request.url ?? '');
    credentials.push(request.headers['proxy-authorization']);
    if (refuse !== undefined) return void client.end(`HTTP/1.1 ${refuse} Refused\r\n\r\n`);
    const target = connect(targetPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    sockets.add(target);
    target.on('close', () => client.destroy()).on('error', () => client.destroy());
    client.on('close', () => target.destroy());
  });
  const port = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    tunnels,
    credentials,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
