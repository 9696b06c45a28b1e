/** A reverse proxy as site owners put one in front: below a path, and with or without WebSocket. */
import { createServer, type IncomingMessage, request as send } from 'node:http';
import { connect, type Socket } from 'node:net';
import { listenLocally } from '@firstword/testing/listen-locally';

export interface HttpProxy {
  readonly url: string;
  /** Requests and upgrades so far: the method, or UPGRADE, and the path. */
  readonly seen: readonly string[];
  stop(): Promise<void>;
}

export interface HttpProxySettings {
  /** Serves the target below it; anything else is 404. */
  readonly path?: string;
  /** Whether the target sees the path. */
  readonly passesPath?: boolean;
  /** What becomes of a WebSocket upgrade: passed on, answered with 400 or never answered. */
  readonly upgrade?: 'pass' | 'refuse' | 'hang';
}

export async function startHttpProxy(targetPort: number, settings: HttpProxySettings = {}): Promise<HttpProxy> {
  const { path = '', passesPath = false, upgrade = 'pass' } = settings;
  const seen: string[] = [];
  const targetPath = ({ url = '/' }: IncomingMessage) => {
    if (!url.startsWith(`${path}/`)) return undefined;
    return passesPath ? url : url.slice(path.length);
  };
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url?.split('?')[0]}`);
    const to = targetPath(request);
    if (to === undefined) return void response.writeHead(404).end('Another application answers here.');
    const { method, headers } = request;
    const onward = send({ host: '127.0.0.1', port: targetPort, path: to, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.on('upgrade', (request, socket) => {
    seen.push(`UPGRADE ${request.url?.split('?')[0]}`);
    socket.on('error', () => {});
    const to = targetPath(request);
    if (upgrade === 'hang') return;
    if (upgrade === 'refuse' || to === undefined)
      return void socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    const headers = request.rawHeaders.flatMap((name, n, all) => (n % 2 === 0 ? [`${name}: ${all[n + 1]}`] : []));
    const onward = connect(targetPort, '127.0.0.1', () => {
      onward.write(`GET ${to} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const port = await listenLocally(server);
  return {
    url: `http://localhost:${port}${path}`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
