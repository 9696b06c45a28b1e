/** A TCP proxy with faults on request: slow, cut, silent, or without the server's replies. */
import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';
import { listenLocally } from './listen-locally.ts';

export interface TcpProxy {
  readonly port: number;
  /** Delays every chunk in either direction by this many milliseconds, in order. */
  delay(ms: () => number): void;
  /** While true, no data passes in either direction, without an error. Afterwards all of it arrives, as TCP retransmits. */
  blackHole(on: boolean): void;
  /** Drops the server's next `count` replies, each with its connection. */
  swallowReplies(count: number): void;
  /** Resets each new connection after this many bytes from the server. */
  cutAfter(bytes: () => number): void;
  /** Resets every connection. */
  cut(): void;
  /** New connections go to these targets, in turn. */
  pointAt(...targets: [NetConnectOpts, ...NetConnectOpts[]]): void;
  /** Number of connections opened. */
  opened(): number;
  stop(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

export async function startTcpProxy(target: NetConnectOpts): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let goals: readonly NetConnectOpts[] = [target];
  let delayMs: (() => number) | undefined;
  let silent = false;
  const held: (() => void)[] = [];
  let swallow = 0;
  let limit: (() => number) | undefined;
  let opened = 0;

  const reset = (pair: Pair) => {
    pairs.delete(pair);
    pair.client.resetAndDestroy();
    pair.server.destroy();
  };

  /** Forwards chunks in order, each after its own delay. */
  const pass = (from: Socket, to: Socket, mayPass: (chunk: Buffer) => boolean) => {
    let line = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      if (silent) return void held.push(() => passOne(chunk));
      passOne(chunk);
    });
    const passOne = (chunk: Buffer) => {
      if (to.destroyed || !mayPass(chunk)) return;
      if (delayMs === undefined) return void to.write(chunk);
      const due = performance.now() + delayMs();
      line = line.then(async () => {
        await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
        if (!to.destroyed) to.write(chunk);
      });
    };
  };

  const listener = createServer({ noDelay: true }, (client) => {
    opened += 1;
    const server = connect(goals[opened % goals.length] ?? target);
    server.setNoDelay(true);
    const pair = { client, server };
    pairs.add(pair);
    let left = limit?.();
    pass(client, server, () => true);
    pass(server, client, (chunk) => {
      if (swallow > 0) {
        swallow -= 1;
        reset(pair);
        return false;
      }
      if (left === undefined) return true;
      if (chunk.length >= left) {
        client.write(chunk.subarray(0, left));
        setImmediate(reset, pair);
        return false;
      }
      left -= chunk.length;
      return true;
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => {}); // `close` follows
      one.on('close', () => {
        pairs.delete(pair);
        other.destroy();
      });
    }
  });
  const port = await listenLocally(listener);
  return {
    port,
    delay(ms) {
      delayMs = ms;
    },
    blackHole(on) {
      silent = on;
      if (!on) for (const pass of held.splice(0)) pass();
    },
    swallowReplies(count) {
      swallow = count;
    },
    cutAfter(bytes) {
      limit = bytes;
    },
    cut: () => [...pairs].forEach(reset),
    pointAt(...targets) {
      goals = targets;
    },
    opened: () => opened,
    async stop() {
      [...pairs].forEach(reset);
      listener.close();
      await once(listener, 'close');
    },
  };
}
