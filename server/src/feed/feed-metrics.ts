/** The lag of each group of the feed, read when metrics are scraped. */
import { Gauge, type Registry } from 'prom-client';
import type { FeedStatus } from './feed-status.ts';

export function createFeedMetrics(registry: Registry, feed: Pick<FeedStatus, 'groups'>): void {
  const labelNames = ['group'] as const;
  const setAside = new Gauge({
    name: 'firstword_feed_set_aside',
    help: 'Events of the feed on the list of those that a consumer could not handle',
    labelNames,
    registers: [registry],
  });
  new Gauge({
    name: 'firstword_feed_lag_seconds',
    help: 'Age of the oldest event of the feed that a consumer has not handled; the same in every process',
    labelNames,
    registers: [registry],
    async collect() {
      // While Redis is away, nothing is known.
      const groups = await feed.groups().catch(() => []);
      this.reset();
      setAside.reset();
      for (const { group, lagSeconds, setAside: count } of groups) {
        this.set({ group }, lagSeconds);
        setAside.set({ group }, count);
      }
    },
  });
}
