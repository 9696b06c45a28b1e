/** Kills the servers of a Redis Cluster one after the other; the replica of each takes over. */
import { setTimeout as pause } from 'node:timers/promises';
import { type ClusterServer, type RedisCluster, startRedisCluster } from '@firstword/testing/redis-cluster';
import { openArchiveTables, startTimedPostgres } from './archive-tables.ts';
import { NO_BACKPRESSURE, onInstallation, sumMetric } from './installation.ts';
import { askQuestions } from './questions.ts';
import { count, type Scenario, seconds } from './scenario.ts';
import { describeLoad, startVisitors } from './visitors.ts';

const VISITORS = 50;
const ANSWER_TOKENS = 20;
const BETWEEN_MS = 5000;

/** Resolves with the time until another server has taken over. The killed one has then returned as its replica. */
async function failOver(cluster: RedisCluster, victim: ClusterServer): Promise<number> {
  const from = performance.now();
  await victim.kill();
  await cluster.takenOver(victim);
  const ms = performance.now() - from;
  await victim.start();
  await cluster.followsAgain(victim); // messages of its slots are acknowledged again
  return ms;
}

export const clusterKills = (perSecond: number): Scenario => ({
  id: 'R18',
  promise: 'P1, P2, P3, P6 with REDIS_REPLICAS=1: 0 lost, 0 duplicated, also in the archive; every turn ends',
  run: (report) =>
    onInstallation(async ({ endpoint, start, onTeardown }) => {
      endpoint.pace({ tokens: 2, everyMs: 0 });
      endpoint.paceFor('Question', { tokens: ANSWER_TOKENS, everyMs: 10 });
      const cluster = await startRedisCluster({ withReplicas: true });
      onTeardown(cluster.stop);
      const postgres = await startTimedPostgres();
      onTeardown(postgres.stop);
      const settings = { redisUrl: cluster.url, databaseUrl: postgres.url, env: { REDIS_REPLICAS: '1' } };
      const server = await start({ ...NO_BACKPRESSURE, ...settings });
      const archive = openArchiveTables(postgres.url);
      onTeardown(archive.close);
      const visitors = startVisitors(server.port, { count: VISITORS, perSecond });
      const questions = askQuestions(server.port, ANSWER_TOKENS);
      const failoverMs: number[] = [];
      for (const victim of cluster.primaries) {
        await pause(BETWEEN_MS);
        report(`server ${failoverMs.length + 1} of ${cluster.primaries.length}, ${describeLoad(visitors)}`);
        failoverMs.push(await failOver(cluster, victim));
      }
      await pause(BETWEEN_MS);
      const asked = await questions.stop();
      const breaches = await visitors.settle(archive);
      for (const breach of breaches.slice(0, 10)) report(breach);
      const unended = asked.filter(({ hasEnded }) => !hasEnded).length;
      const setAside = await sumMetric(server, 'feed_set_aside');
      return {
        test: 'each of the three servers of a cluster killed once while visitors write; its replica takes over',
        result:
          `${breaches.length} breaches in ${describeLoad(visitors)}, the archive complete after ${seconds(visitors.archivedAfter())}; ` +
          `another server after at most ${seconds(Math.max(...failoverMs))}; ` +
          `${unended} of ${count(asked.length, 'answer')} without an end after 15 s; ${count(setAside, 'event')} set aside`,
        held: breaches.length + unended + setAside === 0,
        acks: visitors.acks(),
      };
    }),
});
