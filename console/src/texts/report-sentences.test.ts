import type { CostReport, ResponseTimeReport } from '@firstword/shared/reports';
import { expect, test } from 'vitest';
import { shareText } from '../numbers.ts';
import {
  blendedText,
  budgetText,
  burnText,
  costSentence,
  keyText,
  responseTimeSentence,
  speculationText,
} from './report-sentences.ts';

const days = { from: '2026-05-14', to: '2026-05-20', by: 'day' as const, sites: [] };
const ttft: ResponseTimeReport = {
  ...days,
  site: 'demo',
  objective: { withinMs: 400, share: 0.95 },
  burn: { hour: { kind: 'no-data' }, day: { kind: 'no-data' } },
  total: { ttft: { kind: 'no-data' } },
  lines: [],
  completion: [],
  outsideLimits: [],
};
const measured = { kind: 'measured', samples: 1412, p50Ms: 180.4, p75Ms: 260, p95Ms: 1520 } as const;

test('missing data is reported as such', () => {
  expect(responseTimeSentence(ttft)).toBe('No response times were measured from May 14 to May 20.');
  expect(responseTimeSentence({ ...ttft, total: { ttft: measured } })).toMatch(
    /No response times were measured in the last 24 hours/,
  );
});

test('the summary has TTFT percentiles and says whether the objective is met', () => {
  const day = { kind: 'measured', samples: 300, withinShare: 0.9712, burnRate: 0.58, met: true } as const;
  const report = { ...ttft, total: { ttft: measured }, burn: { hour: day, day } };
  expect(responseTimeSentence(report)).toBe(
    'Half of 1,412 answers started within 180 ms, 95% within 1.5 s. In the last 24 hours, 97.1% started within 400 ms. The objective of 95% is met.',
  );
  const late = { ...day, withinShare: 0.5, met: false };
  expect(responseTimeSentence({ ...report, burn: { hour: day, day: late } })).toMatch(/only 50% .* is not met\.$/);
  expect(burnText(day)).toBe('0.6× the error budget (300 answers)');
  expect(burnText({ ...day, burnRate: 0 })).toBe('0× the error budget (300 answers)');
});

test('a partly known cost is "at least", and an unknown cost is never zero', () => {
  const cost = { fullUsd: 0, fullCalls: 0, outputOnlyUsd: 0, outputOnlyCalls: 0, unknownCalls: 0 };
  const report = (calls: number, known: Partial<typeof cost>): CostReport => ({
    ...days,
    lines: [],
    figures: { visits: 0, answers: [], speculation: { kind: 'no-data' } },
    total: {
      calls,
      failedCalls: 0,
      abortedCalls: 0,
      promptTokens: 0,
      completionTokens: 0,
      cachedTokens: 0,
      estimatedCalls: 0,
      cost: { ...cost, ...known },
      ttft: { kind: 'no-data' },
    },
  });
  expect(costSentence(report(0, {}))).toBe('No model calls from May 14 to May 20.');
  expect(costSentence(report(2, { unknownCalls: 2 }))).toMatch(/none has a known price/);
  expect(costSentence(report(1, { fullUsd: 1.5, fullCalls: 1 }))).toMatch(/^1 model call .* cost \$1\.50\.$/);
  expect(
    costSentence(report(5, { fullUsd: 1, fullCalls: 1, outputOnlyUsd: 0.5, outputOnlyCalls: 3, unknownCalls: 1 })),
  ).toBe(
    '5 model calls from May 14 to May 20 cost at least $1.50: for 3 calls only the output price is known, for 1 call no price is known.',
  );
});

test('a budget shows its limits, or that it has none', () => {
  const site = { id: 'a', name: 'A', verdict: 'ok', spent: { usd: 2, tokens: 5000 } } as const;
  expect(budgetText(site)).toBe('$2.00, 5,000 tokens, no limit');
  expect(budgetText({ ...site, limit: { usd: 4, tokens: 20_000 }, usedShare: 0.5 })).toBe(
    '$2.00 of $4.00, 5,000 of 20,000 tokens (50%)',
  );
});

test('shares near 0% and 100% have a decimal, and only days are formatted as dates', () => {
  expect([0.999, 0.5, 0.004, 1].map(shareText)).toEqual(['99.9%', '50%', '0.4%', '100%']);
  expect([
    keyText('day', '2026-05-09'),
    keyText('model', 'qwen3-8b'),
    keyText('tier', 'fast'),
    keyText('tier', ''),
  ]).toEqual(['May 9', 'qwen3-8b', 'Fast', 'unknown']);
});

test('a blended price is "at least" while a price is unknown, and speculation says what it saved', () => {
  const figures = { visits: 0, answers: [], speculation: { kind: 'no-data' } } as const;
  expect(blendedText({ ...figures, answers: [] })).toBe('no data');
  const blended = { usdPerMillion: 0.34, isLowerBound: true };
  expect(blendedText({ ...figures, answers: [], blended })).toBe('at least $0.34 per million tokens');
  const speculation = { kind: 'measured', shown: 90, dropped: 10, hitRate: 0.9, savedMs: 13_500 } as const;
  expect(speculationText({ ...figures, answers: [], speculation })).toBe(
    '90% of 100 answers used, 150 ms saved per answer, 13.5 s in all',
  );
});
