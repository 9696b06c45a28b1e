/** Faults of Redis: a truncated log, and a failover to a replica. */
import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@firstword/testing/free-port';
import type { RedisServer } from '@firstword/testing/redis-server';
import { startReplica } from '@firstword/testing/replica';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { type Installation, onInstallation, untilReady } from './installation.ts';
import { count, type Scenario, seconds } from './scenario.ts';
import { startVisitors } from './visitors.ts';

const VISITORS = 50;
/** The incremental part of the append-only file, to which Redis writes. */
function currentAof({ folder }: RedisServer): string {
  const names = readdirSync(join(folder, 'appendonlydir'));
  return join(folder, 'appendonlydir', names.find((name) => name.endsWith('.incr.aof')) ?? '');
}

const CUTS = 20;
const CUT_MAX_BYTES = 200;

export const truncatedLog: Scenario = {
  id: 'R10',
  promise:
    'P3, P5: Redis starts; nothing is missing from before the cut; the visitor starts over, and the order continues without a gap',
  run: (report) =>
    onInstallation(async ({ redis, endpoint, start }) => {
      endpoint.pace({ tokens: 1, everyMs: 0 });
      const server = await start();
      let missing = 0;
      let lost = 0;
      let unordered = 0;
      for (let cut = 1; cut <= CUTS; cut++) {
        const client = openSteadyClient(server.port);
        const safeAt = new Map<number, number>();
        for (let n = 1; n <= 5; n++) {
          const { seq } = await client.send(`Message ${n}`);
          safeAt.set(seq, statSync(currentAof(redis)).size);
          await client.answered(seq);
        }
        const last = await client.send('The last one');
        await redis.kill();
        safeAt.set(last.seq, statSync(currentAof(redis)).size);
        const size = statSync(currentAof(redis)).size - 1 - Math.floor(Math.random() * CUT_MAX_BYTES);
        truncateSync(currentAof(redis), size);
        await redis.start();
        await untilReady(server);
        const after = await client.send('Afterwards');
        await client.answered(after.seq);
        client.close();
        const viewer = openSteadyClient(server.port, { session: client.session() ?? '' });
        await viewer.ready();
        const seqs = [...viewer.messages.keys()].sort((a, b) => a - b);
        viewer.close();
        if (seqs.some((seq, index) => seq !== index + 1)) unordered += 1;
        for (const [seq, at] of safeAt) {
          const isStored = viewer.messages.get(seq)?.text.startsWith(seq === last.seq ? 'The last' : 'Message');
          if (at <= size && !isStored) missing += 1;
          if (at > size && !isStored) lost += 1;
        }
        report(`cut ${cut} of ${CUTS}: ${seqs.length} messages, ${client.resyncs()} resyncs`);
      }
      return {
        test: `1 to ${CUT_MAX_BYTES} bytes cut off the end of the append-only file, ${CUTS} times`,
        result: `${missing} missing from before the cut, ${lost} from within it; ${unordered} conversations with a gap`,
        held: missing === 0 && unordered === 0,
      };
    }),
};

const SILENT_MS = 1000;

/** @param replicas how many must have a message before it is acknowledged */
const failoverTo = (perSecond: number, id: string, promise: string, replicas: 0 | 1): Scenario => ({
  id,
  promise,
  async run(report) {
    const port = await freePort();
    const work = async ({ redis: primary, endpoint, start, onTeardown }: Installation) => {
      endpoint.pace({ tokens: 2, everyMs: 0 });
      const redisProxy = await startTcpProxy({ path: primary.socketPath });
      onTeardown(redisProxy.stop);
      const replica = await startReplica(port);
      onTeardown(replica.stop);
      const server = await start({
        redisUrl: `redis://127.0.0.1:${redisProxy.port}`,
        env: { REDIS_REPLICAS: String(replicas) },
      });
      const visitors = startVisitors(server.port, { count: VISITORS, perSecond });
      await pause(5000);
      const acksBefore = visitors.acks();
      replica.link.blackHole(true);
      await pause(SILENT_MS);
      const meanwhile = visitors.acks() - acksBefore;
      await primary.kill();
      replica.link.cut();
      replica.promote();
      if (replicas > 0) onTeardown((await startReplica(replica.port)).stop); // without another replica, no message is acknowledged
      redisProxy.pointAt({ path: replica.server.socketPath });
      redisProxy.cut();
      const from = performance.now();
      const clients = visitors.connections();
      while (clients.some((client) => client.resyncs() === 0) && performance.now() - from < 20_000) await pause(20);
      const resyncMs = performance.now() - from;
      const withoutResync = clients.filter((client) => client.resyncs() === 0).length;
      await pause(3000);
      const breaches = await visitors.settle();
      const [lost, other] = [
        breaches.filter((line) => line.startsWith('P1')),
        breaches.filter((line) => !line.startsWith('P1')),
      ];
      for (const breach of other.slice(0, 10)) report(breach);
      const expected = replicas > 0 ? '' : ' with the primary, as expected of an asynchronous replica';
      return {
        test: `the link to a replica${replicas > 0 ? ' that must have every message' : ''} silent for ${seconds(SILENT_MS)}, then the primary killed and the replica put in its place, while visitors write`,
        result: `${count(lost.length, 'acknowledged message')} of ${count(visitors.acks(), 'ack')} lost${expected}, ${meanwhile} of them acknowledged during the silence; ${clients.length - withoutResync} of ${clients.length} clients resynced after ${seconds(resyncMs)}; ${count(other.length, 'other breach', 'other breaches')}`,
        held: withoutResync === 0 && other.length === 0 && (replicas === 0 || lost.length === 0),
      };
    };
    return onInstallation(work, '--port', String(port));
  },
});

export const failovers = (perSecond: number): Scenario[] => [
  failoverTo(
    perSecond,
    'R12',
    'P3, P5: what the replica had not received is noticed; every client starts over, and old and new seqs are never mixed',
    0,
  ),
  failoverTo(perSecond, 'R12A', 'P1, P3, P5: the same with `REDIS_REPLICAS=1`: 0 lost', 1),
];
