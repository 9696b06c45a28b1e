import { expect, test } from 'vitest';
import { amountScale, columnCentres, daysFrom, labelStep, ttftScale } from './chart-scale.ts';

test('TTFT ticks are doublings at equal distances, and include every band threshold', () => {
  const { y, ticks } = ttftScale([180, 520], 0, 400);
  expect(ticks).toEqual([100, 200, 400, 800, 1600]);
  expect([100, 200, 400, 800, 1600].map((ms) => Math.round(y(ms)))).toEqual([400, 300, 200, 100, 0]);
});

test('values outside the default range extend the axis', () => {
  expect(ttftScale([12, 40_000], 0, 100).ticks).toMatchObject({ 0: 6.25, length: 14 });
});

test('an amount axis starts at zero and has round ticks', () => {
  for (const [highest, ticks] of [
    [4.2, [0, 1, 2, 3, 4, 5]],
    [0.00093, [0, 0.0002, 0.0004, 0.0006, 0.0008, 0.001]],
    [0, [0]],
  ] as const) {
    const scale = amountScale([highest / 2, highest], 0, 100);
    expect(scale.ticks.map((tick) => Number(tick.toPrecision(6)))).toEqual(ticks);
    expect(scale.y(highest)).toBeGreaterThanOrEqual(0);
    expect(scale.y(0)).toBe(100);
  }
});

test('columns are spaced evenly, and labels are thinned out when space is short', () => {
  expect(columnCentres(4, 0, 400)).toEqual([50, 150, 250, 350]);
  expect(labelStep(30, 48, 900)).toBe(2);
  expect(labelStep(7, 48, 900)).toBe(1);
});

test('days are listed in UTC, both ends included', () => {
  expect(daysFrom('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
});
