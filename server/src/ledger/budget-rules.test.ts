import type { BudgetVerdict } from '@firstword/shared/reports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Spend } from '../store/spend-counters.ts';
import { addressLimitOf, type BudgetScope, judgeSpend } from './budget-rules.ts';

const NOTHING: Spend = { usd: 0, tokens: 0 };
const spent = (changes: Partial<Record<BudgetScope, Spend>>) => ({
  conversation: NOTHING,
  addressDay: NOTHING,
  visitorDay: NOTHING,
  siteDay: NOTHING,
  ...changes,
});
const SEVERITY: BudgetVerdict[] = ['ok', 'degrade', 'hand-off', 'stopped'];

test('without limits everything is allowed', () => {
  expect(judgeSpend(spent({ siteDay: { usd: 1e9, tokens: 1e12 } }), {}, 0.8)).toEqual({ verdict: 'ok' });
});

test('the budget with the highest used share decides, in dollars or in tokens', () => {
  const limits = { conversation: { usd: 1, tokens: 1000 }, siteDay: { usd: 100 } };
  const used = spent({ conversation: { usd: 0.1, tokens: 850 }, siteDay: { usd: 50, tokens: 1e9 } });
  expect(judgeSpend(used, limits, 0.8)).toEqual({
    verdict: 'degrade',
    tightest: { scope: 'conversation', usedShare: 0.85 },
  });
});

test('a limit of zero allows nothing', () => {
  expect(judgeSpend(spent({}), { visitorDay: { tokens: 0 } }, 0.8).verdict).toBe('hand-off');
});

test('spending more never makes the verdict milder', () => {
  const amount = fc.nat(2000);
  fc.assert(
    fc.property(amount, amount, fc.integer({ min: 1, max: 1000 }), (before, more, limit) => {
      const verdictAt = (tokens: number) =>
        judgeSpend(spent({ visitorDay: { usd: 0, tokens } }), { visitorDay: { tokens: limit } }, 0.8).verdict;
      expect(SEVERITY.indexOf(verdictAt(before + more))).toBeGreaterThanOrEqual(SEVERITY.indexOf(verdictAt(before)));
    }),
  );
});

test('an address may use its share of the site’s day, and no more than ten visitors', () => {
  const limits = { visitorDay: { tokens: 1000 }, siteDay: { usd: 20, tokens: 200_000 } };
  expect(addressLimitOf(limits, 0.25)).toEqual({ usd: 5, tokens: 10_000 });
  expect(addressLimitOf({}, 0.25)).toEqual({ usd: undefined, tokens: undefined });
});
