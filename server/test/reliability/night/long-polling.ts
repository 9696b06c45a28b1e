/** Visitors whose network blocks WebSocket: connections are cut during answers, and one of two processes is killed. */
import { setTimeout as pause } from 'node:timers/promises';
import { startPollProxy } from '@firstword/testing/poll-proxy';
import { onInstallation } from './installation.ts';
import { count, percentile, type Scenario } from './scenario.ts';
import { startVisitors } from './visitors.ts';

const VISITORS = 20;
const MESSAGES_PER_SECOND = 5;
const CUT_EVERY_MS = 1000;
const HALF_MS = 15_000;

export const longPolling = ({ id, sticky }: { id: string; sticky: boolean }): Scenario => ({
  id,
  promise: 'P1 to P3: nothing acknowledged is lost, doubled or out of order',
  run: () =>
    onInstallation(async ({ endpoint, start, onTeardown }) => {
      endpoint.pace({ tokens: 20, everyMs: 20 });
      const [doomed, survivor] = await Promise.all([start(), start()]);
      const proxy = await startPollProxy([doomed.port, survivor.port], sticky);
      onTeardown(proxy.stop);
      const visitors = startVisitors(proxy.port, {
        count: VISITORS,
        perSecond: MESSAGES_PER_SECOND,
        transport: 'polling',
        readFrom: survivor.port,
      });
      let cuts = 0;
      const cutting = setInterval(() => {
        cuts += 1;
        proxy.cut();
      }, CUT_EVERY_MS);
      onTeardown(() => clearInterval(cutting));
      await pause(HALF_MS);
      await doomed.kill();
      proxy.leave(doomed.port);
      await pause(HALF_MS);
      clearInterval(cutting);
      const breaches = await visitors.settle();
      const waits = visitors.waits();
      return {
        test: `long-polling only, ${VISITORS} visitors, two processes ${sticky ? 'with' : 'without'} sticky sessions: all connections cut every second, one process killed`,
        result: `${count(breaches.length, 'violation')} in ${count(visitors.acks(), 'ack')}; ${count(cuts, 'cut')}; acknowledged after ${percentile(waits, 0.5).toFixed(0)} ms (p50), ${percentile(waits, 0.95).toFixed(0)} ms (p95)`,
        held: breaches.length === 0,
        acks: visitors.acks(),
      };
    }),
});
