/** How many usage records wait for PostgreSQL, read when metrics are scraped. */
import { Gauge, type Registry } from 'prom-client';
import type { UsageQueue } from '../store/usage-queue.ts';

export function createUsageMetrics(registry: Registry, queue: Pick<UsageQueue, 'waiting'>): void {
  new Gauge({
    name: 'firstword_ledger_rows_waiting',
    help: 'Model calls, felt TTFT and visits that wait in Redis to be stored in PostgreSQL; the same in every process',
    registers: [registry],
    async collect() {
      // While Redis is away, nothing is known.
      const waiting = await queue.waiting().catch(() => undefined);
      if (waiting === undefined) this.reset();
      else this.set(waiting);
    },
  });
}
