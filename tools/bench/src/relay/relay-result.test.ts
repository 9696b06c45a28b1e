import { summarise } from '@firstword/server/evaluation/series';
import { expect, test } from 'vitest';
import { leastDisturbed, type RelayStep, toRelayResult } from './relay-result.ts';

function step(streams: number, p99: number, cpuMsPerThousandTokens = 50): RelayStep {
  const age = { ...summarise([p99]), p99 };
  return { streams, age, tokensPerSecond: streams * 60, cpuMsPerThousandTokens, busy: 0.5, toolsBusy: 0.1 };
}

test('picks the round with the lowest p99, with its CPU cost', () => {
  expect(leastDisturbed([step(100, 80, 40), step(100, 20, 55), step(100, 30, 45)])).toEqual(step(100, 20, 55));
});

test('a server sustains the streams of its largest step with a p99 under 60 ms', () => {
  const { ratios, figures } = toRelayResult(
    new Map([
      ['bare', [step(100, 10), step(200, 59.9), step(300, 60)]],
      ['product', [step(100, 36), step(200, 45), step(300, 55), step(400, 90)]],
    ]),
  );
  expect(figures).toMatchObject({ 'most streams, bare': 200, 'most streams, product': 300 });
  expect(ratios['streams, product / bare']).toBe(1.5);
});

test('compares the cost of a token at steps that both servers have', () => {
  const { ratios } = toRelayResult(
    new Map([
      ['bare', [step(100, 10, 50), step(200, 90, 40)]],
      ['product', [step(100, 10, 60), step(200, 30, 48), step(300, 70, 30)]],
      ['openai', [step(100, 12, 75)]],
    ]),
  );
  expect(Object.entries(ratios).filter(([name]) => name.startsWith('CPU'))).toEqual([
    ['CPU per token at 100 streams, product / bare', 1.2],
    ['CPU per token at 200 streams, product / bare', 1.2],
    ['CPU per token at 100 streams, openai / bare', 1.5],
  ]);
});
