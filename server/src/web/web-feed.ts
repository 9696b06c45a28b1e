/** Builds the event feed of a web process: its consumers, its state, and the events that are set aside. */
import { startFeed } from '../feed/feed.ts';
import type { FeedConsumer } from '../feed/feed-consumer.ts';
import { createFeedMetrics } from '../feed/feed-metrics.ts';
import { createFeedStatus } from '../feed/feed-status.ts';
import { createSetAsideEvents } from '../feed/set-aside-events.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { RedisKeys } from '../store/keys.ts';
import { joinProcesses } from '../store/process-registry.ts';
import type { WebConnections } from './web-connections.ts';

export interface WebFeedParts {
  readonly connections: Pick<WebConnections, 'background' | 'openReader'>;
  readonly keys: RedisKeys;
  readonly metrics: Pick<Metrics, 'registry' | 'feedSetAside'>;
}

export function createWebFeed({ connections, keys, metrics }: WebFeedParts, log: Log) {
  const { background, openReader } = connections;
  // Filled by `add`: consumers need the front's console, and its routes redeliver events to them.
  const consumers: FeedConsumer[] = [];
  const setAside = createSetAsideEvents(background, keys, consumers);
  const status = { ...createFeedStatus(background, keys), setAside };
  createFeedMetrics(metrics.registry, status);
  return {
    status,
    add(added: readonly FeedConsumer[]) {
      consumers.push(...added);
    },
    /** Only once the port is ours: a second start on a used port must not end or repeat turns, nor claim a share of the feed. */
    async start() {
      const groups = consumers.map(({ group }) => group);
      const processes = await joinProcesses(background, keys, { groups, log });
      const feed = await startFeed({
        redis: background,
        openReader,
        keys,
        consumers,
        processId: processes.processId,
        onSetAside: (group) => metrics.feedSetAside.inc({ group }),
        log,
      });
      return {
        allUnderstand: processes.allUnderstand,
        async close() {
          await feed.close();
          await processes.leave();
        },
      };
    },
  };
}
