import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('apps of one process count for themselves, and report the same figures of the process', async () => {
  const [first, second] = [createMetrics(() => ({ idle: 1 })), createMetrics(() => ({ idle: 2 }))];
  first.turns.inc({ state: 'done' });
  const collections = 'firstword_nodejs_gc_duration_seconds';
  expect(first.registry.getSingleMetric(collections)).toBeDefined();
  expect(first.registry.getSingleMetric(collections)).toBe(second.registry.getSingleMetric(collections));
  expect(await first.registry.metrics()).toContain('firstword_turns_total{state="done"} 1');
  expect(await second.registry.metrics()).not.toContain('firstword_turns_total{');
  expect(await second.registry.metrics()).toContain('firstword_database_connections{state="idle"} 2');
});
