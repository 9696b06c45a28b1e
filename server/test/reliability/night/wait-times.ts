/** Time limits while a dependency is slow. A shared machine is too slow to check them on every change. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { connectWidget } from '@firstword/testing/widget-client';
import { createLog } from '../../../src/lib/log.ts';
import { connectRedis } from '../../../src/lib/redis.ts';
import { UPGRADE_REQUEST } from '../malformed-input.ts';
import { onInstallation } from './installation.ts';
import { type Scenario, seconds } from './scenario.ts';

export const unreachableRedis: Scenario = {
  id: 'R05',
  promise:
    'P11: a send is refused within 1.5 s while Redis is frozen, read-only or unreachable, and accepted within 5 s of its return',
  run: () =>
    onInstallation(async ({ redis, start, onTeardown }) => {
      const proxy = await startTcpProxy({ path: redis.socketPath });
      onTeardown(proxy.stop);
      const direct = await connectRedis(redis.url, 'commands', createLog('silent'));
      onTeardown(() => direct.disconnect());
      const server = await start({ redisUrl: `redis://127.0.0.1:${proxy.port}` });
      const faults = [
        [() => redis.signal('SIGSTOP'), () => redis.signal('SIGCONT')],
        [() => direct.call('CLIENT', 'PAUSE', '60000', 'WRITE'), () => direct.call('CLIENT', 'UNPAUSE')],
        [() => proxy.blackHole(true), () => proxy.blackHole(false)],
      ] as const;
      const refusedMs: number[] = [];
      const recoveredMs: number[] = [];
      for (const [begin, finish] of faults) {
        const client = await connectWidget(server.port);
        onTeardown(client.close);
        await begin();
        for (let tries = 0; tries < 2; tries++) {
          const from = performance.now();
          const { ok } = await client.send('Where is my parcel?');
          refusedMs.push(ok ? Number.POSITIVE_INFINITY : performance.now() - from);
        }
        await finish();
        const from = performance.now();
        while (!(await client.send('Where is my parcel?')).ok);
        recoveredMs.push(performance.now() - from);
      }
      const [refused, recovered] = [Math.max(...refusedMs), Math.max(...recoveredMs)];
      return {
        test: 'Redis frozen, then paused for writes, then behind a silent connection',
        result: `refused after at most ${seconds(refused)}; accepted at most ${seconds(recovered)} after its return`,
        held: refused <= 1500 && recovered <= 5000,
      };
    }),
};

export const slowRedis: Scenario = {
  id: 'R13',
  promise: 'with 50 to 100 ms for a round trip to Redis, TTFT stays below 500 ms',
  run: () =>
    onInstallation(async ({ redis, endpoint, start, onTeardown }) => {
      endpoint.pace({ tokens: 20, everyMs: 0 });
      const proxy = await startTcpProxy({ path: redis.socketPath });
      onTeardown(proxy.stop);
      const server = await start({ redisUrl: `redis://127.0.0.1:${proxy.port}` });
      proxy.delay(() => 25 + Math.random() * 25); // each way
      const client = openSteadyClient(server.port);
      onTeardown(client.close);
      await client.ready();
      const waits: number[] = [];
      for (let n = 1; n <= 10; n++) {
        const from = performance.now();
        client.onDelta = (delta) => {
          if (delta === 1) waits.push(performance.now() - from);
        };
        await client.answered((await client.send(`question ${n}`)).seq);
      }
      const longest = Math.max(...waits);
      return {
        test: 'ten questions over a slow connection to Redis',
        result: `TTFT at most ${longest.toFixed(0)} ms`,
        held: waits.length === 10 && longest < 500,
      };
    }),
};

export const idleConnections: Scenario = {
  id: 'O07',
  promise:
    'a send is acknowledged within 5 s; silent upgrades are closed within 20 s, slow headers within 30 s, slow bodies within 40 s',
  run: () =>
    onInstallation(async ({ start, onTeardown }) => {
      const server = await start();
      const from = performance.now();
      const openMany = async (count: number, first: string) => {
        const sockets = Array.from({ length: count }, () => connect({ port: server.port, host: '127.0.0.1' }));
        onTeardown(() => sockets.forEach((socket) => void socket.destroy()));
        for (const socket of sockets) {
          socket.on('error', () => {}); // `close` follows
          socket.resume().write(first);
        }
        await Promise.all(sockets.map((socket) => once(socket, 'close')));
        return performance.now() - from;
      };
      const closing = Promise.all([
        openMany(150, UPGRADE_REQUEST),
        openMany(150, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '),
        openMany(50, 'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{'),
      ]);
      const client = openSteadyClient(server.port);
      onTeardown(client.close);
      const { ms } = await client.send('Are you there?');
      const [upgradesMs, headersMs, bodiesMs] = await closing;
      return {
        test: '350 connections without a complete request',
        result: `acknowledged after ${seconds(ms)}; closed after ${[upgradesMs, headersMs, bodiesMs].map(seconds).join(', ')}`,
        held: ms < 5000 && upgradesMs < 20_000 && headersMs < 30_000 && bodiesMs < 40_000,
      };
    }),
};
