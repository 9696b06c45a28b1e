/** A reverse proxy that never answers a WebSocket upgrade, as some firewalls do. */
import { createServer, request as send } from 'node:http';
import type { Socket } from 'node:net';
import { listenLocally } from '@firstword/testing/listen-locally';

export interface HttpProxy {
  /** What visitors open; without a slash at its end. */
  readonly url: string;
  /** Requests so far: the method and the path. */
  readonly seen: readonly string[];
  stop(): Promise<void>;
}

export async function startHangingProxy(targetPort: number): Promise<HttpProxy> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const { method, headers, url: path = '/' } = request;
    seen.push(`${method} ${path.split('?')[0]}`);
    const onward = send({ host: '127.0.0.1', port: targetPort, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.on('upgrade', (_request, socket) => void socket.on('error', () => {}));
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const port = await listenLocally(server);
  return {
    url: `http://localhost:${port}`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
