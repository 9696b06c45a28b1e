/** An HTTP proxy without WebSocket in front of several processes, with sticky sessions or without, that can cut connections. */
import { createServer, request as startRequest } from 'node:http';
import { portOf } from '@firstword/server/lib/port-of';
import { listenLocally } from './listen-locally.ts';

export interface PollProxy {
  readonly port: number;
  /** Requests so far, by the port that they were sent to. */
  readonly requests: ReadonlyMap<number, number>;
  /** Ends all connections of clients. */
  cut(): void;
  /** Sends nothing more to this port, as a proxy does whose health check fails. */
  leave(port: number): void;
  stop(): Promise<void>;
}

/** @param sticky true: all requests to the first port that is left; false: to each port in turn */
export async function startPollProxy(ports: readonly number[], sticky: boolean): Promise<PollProxy> {
  let targets = [...ports];
  let turn = 0;
  const requests = new Map<number, number>();
  const proxy = createServer((incoming, outgoing) => {
    const port = targets[sticky ? 0 : turn++ % targets.length];
    if (port === undefined) return void outgoing.writeHead(503).end();
    requests.set(port, (requests.get(port) ?? 0) + 1);
    const { url, method, headers } = incoming;
    const upstream = startRequest({ host: '127.0.0.1', port, path: url, method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once('error', () => outgoing.destroy());
    });
    upstream.once('error', () => outgoing.destroy());
    outgoing.once('close', () => upstream.destroy());
    incoming.pipe(upstream);
  });
  proxy.on('upgrade', (_, socket) => socket.destroy());
  await listenLocally(proxy);
  return {
    port: portOf(proxy),
    requests,
    cut: () => proxy.closeAllConnections(),
    leave(port) {
      targets = targets.filter((target) => target !== port);
    },
    async stop() {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
