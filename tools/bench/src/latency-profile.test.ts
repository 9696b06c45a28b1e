import { REFERENCE_MODELS } from '@firstword/shared/catalog';
import { expect, test } from 'vitest';
import { createLatencyProfile, LATENCY_PROFILES } from './latency-profile.ts';

const chat = REFERENCE_MODELS.find(({ id }) => id === 'deepseek-v4-flash');

function draws(profile: keyof typeof LATENCY_PROFILES, seed: number, times = 20_000): number[] {
  const draw = createLatencyProfile(LATENCY_PROFILES[profile], seed);
  return Array.from({ length: times }, () => (chat === undefined ? Number.NaN : draw(chat))).sort((a, b) => a - b);
}

test('a heavy tail has the configured median and p99, and a fifth of the draws are above 400 ms', () => {
  const waits = draws('heavy-tail', 7);
  expect(waits[10_000]).toBeGreaterThan(175);
  expect(waits[10_000]).toBeLessThan(185);
  expect(waits[19_800]).toBeGreaterThan(1350);
  expect(waits[19_800]).toBeLessThan(1650);
  const above = waits.filter((ms) => ms > 400).length / waits.length;
  expect(above).toBeGreaterThan(0.175);
  expect(above).toBeLessThan(0.205);
});

test('the same seed produces the same sequence', () => {
  expect(draws('calm', 3, 50)).toEqual(draws('calm', 3, 50));
  expect(draws('calm', 3, 50)).not.toEqual(draws('calm', 4, 50));
});
