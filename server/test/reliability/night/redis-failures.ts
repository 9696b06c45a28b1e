/** Faults of Redis: a slow disk, a full disk, a truncated log, a failover to a replica. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@firstword/testing/free-port';
import type { RedisServer } from '@firstword/testing/redis-server';
import { startReplica } from '@firstword/testing/replica';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { type Installation, onInstallation } from './installation.ts';
import { isReady } from './kills.ts';
import { count, percentile, type Scenario, seconds } from './scenario.ts';
import { startVisitors, type Visitors } from './visitors.ts';

const VISITORS = 50;
const load = (visitors: Visitors) => `${count(visitors.acks(), 'ack')} at ${visitors.rate().toFixed(0)}/s`;

async function untilReady(server: { readonly port: number }): Promise<number> {
  const from = performance.now();
  while (!(await isReady(server))) await pause(20);
  return performance.now() - from;
}

/** Overwrites one file of 8 MB repeatedly, with an fsync each time. */
function startDiskLoad(folder: string): () => void {
  const file = join(folder, 'load');
  const write = `while :; do dd if=/dev/zero of=${file} bs=1M count=8 conv=fsync,notrunc 2>/dev/null; done`;
  const child = spawn('sh', ['-c', write], { stdio: 'ignore', detached: true });
  return () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    rmSync(file, { force: true });
  };
}

const KILLS_UNDER_LOAD = 5;

export const slowDisk = (perSecond: number): Scenario => ({
  id: 'R03',
  promise: 'P1, P2, P3: 0 lost, 0 duplicated; a send acknowledged or refused within 1.5 s (p99) between the kills',
  run: (report) =>
    onInstallation(async ({ redis, endpoint, start, onTeardown }) => {
      endpoint.pace({ tokens: 2, everyMs: 0 });
      const server = await start();
      const visitors = startVisitors(server.port, { count: VISITORS, perSecond });
      await pause(3000);
      onTeardown(startDiskLoad(redis.folder));
      const replies = () => visitors.connections().map((client) => client.replies.length);
      const before = replies();
      await pause(10_000);
      const repliesUnderLoad = visitors.connections().flatMap((client, index) => client.replies.slice(before[index]));
      const refused = visitors.connections().reduce((sum, client) => sum + client.refusals(), 0);
      const p99 = percentile(repliesUnderLoad, 0.99);
      for (let kill = 1; kill <= KILLS_UNDER_LOAD; kill++) {
        await redis.kill();
        await pause(300);
        await redis.start();
        await untilReady(server);
        await pause(3000);
        report(`kill ${kill} of ${KILLS_UNDER_LOAD}, ${load(visitors)}`);
      }
      const breaches = await visitors.settle();
      for (const breach of breaches.slice(0, 10)) report(breach);
      return {
        test: `Redis killed ${KILLS_UNDER_LOAD} times while another program writes to the same disk`,
        result: `${breaches.length} breaches in ${load(visitors)}; beside that program ${count(repliesUnderLoad.length, 'reply', 'replies')}, p50 ${seconds(percentile(repliesUnderLoad, 0.5))}, p99 ${seconds(p99)}, ${refused} of them refusals`,
        held: breaches.length === 0 && p99 <= 1500,
        acks: visitors.acks(),
      };
    }),
});

/** A tmpfs of a given size in megabytes; mounting requires root. */
function mountDisk(megabytes: number): { folder: string; grow(megabytes: number): void; unmount(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'firstword-disk-'));
  const mount = (...args: string[]) => void execFileSync('mount', args, { stdio: 'ignore' });
  mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder);
  return {
    folder,
    grow: (size) => mount('-o', `remount,size=${size}m`, folder),
    unmount() {
      execFileSync('umount', [folder], { stdio: 'ignore' });
      rmSync(folder, { recursive: true });
    },
  };
}

export const fullDisk = (perSecond: number): Scenario => ({
  id: 'R09',
  promise:
    'P1, P11: Redis exits instead of acknowledging; sends are refused within 1.5 s meanwhile; with room again 0 lost',
  async run(report) {
    const disk = mountDisk(8);
    try {
      return await onInstallation(
        async ({ redis, endpoint, start }) => {
          endpoint.pace({ tokens: 2, everyMs: 0 });
          const server = await start();
          const visitors = startVisitors(server.port, { count: VISITORS, perSecond });
          await pause(2000);
          // Fills the disk at once instead of waiting for the visitors' messages to fill it.
          execFileSync('sh', ['-c', `dd if=/dev/zero of=${disk.folder}/filler bs=64k 2>/dev/null || :`]);
          const code = await redis.exited();
          const from = performance.now();
          while (await isReady(server)) await pause(20);
          const noticedMs = performance.now() - from;
          await pause(3000);
          const refused = visitors.connections().reduce((sum, { refusals }) => sum + refusals(), 0);
          rmSync(join(disk.folder, 'filler'));
          disk.grow(64);
          await redis.start();
          const readyMs = await untilReady(server);
          await pause(3000);
          const breaches = await visitors.settle();
          for (const breach of breaches.slice(0, 10)) report(breach);
          return {
            test: 'the disk of 8 MB filled while visitors write, and Redis started again with more room',
            result: `Redis ended with ${code}; not ready after ${seconds(noticedMs)}, ${count(refused, 'send')} refused; ready ${seconds(readyMs)} after its return; ${breaches.length} breaches in ${load(visitors)}`,
            held: code === 1 && noticedMs <= 1500 && readyMs <= 5000 && breaches.length === 0,
          };
        },
        '--dir',
        disk.folder,
      );
    } finally {
      disk.unmount();
    }
  },
});

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
        result: `${count(lost.length, 'acknowledged message')} of ${count(visitors.acks(), 'ack')} lost${expected}, ${meanwhile} of them acknowledged during the silence; ${clients.length - withoutResync} of ${clients.length} clients told to start over after ${seconds(resyncMs)}; ${count(other.length, 'other breach', 'other breaches')}`,
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
