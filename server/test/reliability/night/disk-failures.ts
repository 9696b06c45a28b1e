/** Faults of the disk of Redis: slow, and full. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isReady, onInstallation, untilReady } from './installation.ts';
import { count, percentile, type Scenario, seconds } from './scenario.ts';
import { describeLoad, startVisitors } from './visitors.ts';

const VISITORS = 50;

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
      const refused = visitors.connections().flatMap((client) => client.refusals()).length;
      const p99 = percentile(repliesUnderLoad, 0.99);
      for (let kill = 1; kill <= KILLS_UNDER_LOAD; kill++) {
        await redis.kill();
        await pause(300);
        await redis.start();
        await untilReady(server);
        await pause(3000);
        report(`kill ${kill} of ${KILLS_UNDER_LOAD}, ${describeLoad(visitors)}`);
      }
      const breaches = await visitors.settle();
      for (const breach of breaches.slice(0, 10)) report(breach);
      return {
        test: `Redis killed ${KILLS_UNDER_LOAD} times while another program writes to the same disk`,
        result: `${breaches.length} breaches in ${describeLoad(visitors)}; beside that program ${count(repliesUnderLoad.length, 'reply', 'replies')}, p50 ${seconds(percentile(repliesUnderLoad, 0.5))}, p99 ${seconds(p99)}, ${refused} of them refusals`,
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
          const refused = visitors.connections().flatMap(({ refusals }) => refusals()).length;
          rmSync(join(disk.folder, 'filler'));
          disk.grow(64);
          await redis.start();
          const readyMs = await untilReady(server);
          await pause(3000);
          const breaches = await visitors.settle();
          for (const breach of breaches.slice(0, 10)) report(breach);
          return {
            test: 'the disk of 8 MB filled while visitors write, and Redis started again with more room',
            result: `Redis ended with ${code}; not ready after ${seconds(noticedMs)}, ${count(refused, 'send')} refused; ready ${seconds(readyMs)} after its return; ${breaches.length} breaches in ${describeLoad(visitors)}`,
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
