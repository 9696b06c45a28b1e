import type { SavedCase } from '@firstword/shared/evaluation-case';
import { expect, onTestFinished, test } from 'vitest';
import type { CallRow } from '../gateway/chat-call.ts';
import { createPriceTable } from '../ledger/price-table.ts';
import { createLog } from '../lib/log.ts';
import { createMemoryCaseStore } from '../records/memory-case-store.ts';
import { createMemoryEvaluationResults } from '../records/memory-evaluation-results.ts';
import { createMemoryRunStore } from '../records/memory-run-store.ts';
import { createBackgroundRuns } from './background-runs.ts';
import { createEvaluations, type EvaluationParts } from './evaluations.ts';

const MODEL = {
  ...{ id: 'small', upstreamName: 'small', price: {}, profile: {} },
  endpoint: { id: 'main', baseUrl: 'http://127.0.0.1:9/v1' },
};
const ROUTE = { tier: 'fast', region: 'us-east', models: [MODEL], maxTokens: 1000, why: '' } as const;
/** At $1 a million input tokens and $2 a million output tokens: a dollar cent, and its most are 1.2. */
const call = (): CallRow => ({
  ...{ callId: 'c', purpose: 'evaluation', role: 'first', owner: { siteId: 'shop' }, tier: 'fast', region: 'us-east' },
  ...{ modelId: 'small', endpointId: 'main', startedAt: 0, totalMs: 1, outcome: 'done', why: '' },
  usage: { promptTokens: 9000, completionTokens: 500, estimated: false },
});

/** Twenty cases of a site. @param answers what differs from a model that always says "30 days" */
async function prepare(answers: Partial<EvaluationParts['answers']> = {}) {
  const store = createMemoryRunStore();
  const cases = createMemoryCaseStore();
  const runs = createBackgroundRuns({ store, log: createLog('silent') });
  onTestFinished(runs.close);
  for (let n = 1; n <= 20; n += 1) {
    const saved: SavedCase = {
      ...{ id: `case ${n}`, siteId: 'shop', conversation: ['How long?'], facts: ['30 days'], absent: [], kind: 'any' },
      ...{ note: '', savedAt: n, by: 'Ada' },
    };
    await cases.save(saved);
  }
  const prices = createPriceTable([['small', { inputUsdPerMillion: 1, outputUsdPerMillion: 2 }]]);
  const evaluations = createEvaluations({
    ...{ store, cases, runs, prices, results: createMemoryEvaluationResults() },
    answers: {
      check: () => undefined,
      prepare: async () => {},
      callsFor: () => [{ route: ROUTE, promptTokens: 10_000 }],
      open: (_site, record) => async () => {
        record(call());
        const shown = { text: '30 days', citedIds: [], citations: [], found: [], unsupported: [] };
        return { kind: 'answered', ...shown };
      },
      ...answers,
    },
    recordCall: (row) => ({ ...row, costUsd: 0.01, costKnown: 'full', priceTable: 'p' }),
  });
  /** Starts a run, and returns it once it has ended. */
  const run = async (maxUsd: number) => {
    const started = await evaluations.start({ site: 'shop', maxUsd }, 'Ada');
    await runs.idle();
    return typeof started === 'string' ? started : evaluations.detail(started.id);
  };
  return { evaluations, run };
}

test('what a message costs at most is known before a run, which then judges each case', async () => {
  const { evaluations, run } = await prepare();
  expect(evaluations.plan('shop')).toEqual({ usdPerMessage: 0.012, priceIsKnown: true });
  const done = await run(1);
  expect(done).toMatchObject({ state: 'done', cases: 20, judged: 20, passed: 20, costIsComplete: true });
  expect(done).toMatchObject({ usd: expect.closeTo(0.2, 9) });
});

test('a run ends before the message that might exceed its limit', async () => {
  const { run } = await prepare();
  const ended = await run(0.065);
  expect(ended).toMatchObject({ state: 'ceiling', usd: expect.toSatisfy((usd) => usd <= 0.065) });
  expect(ended).toMatchObject({ judged: expect.toSatisfy((judged) => judged >= 4 && judged <= 6) });
});

test('a run ends when a budget of the site is spent or its model calls are stopped, and no other starts', async () => {
  let refusal: 'spent' | 'stopped' | undefined;
  let asked = 0;
  const { run } = await prepare({
    check() {
      asked += 1;
      return asked > 4 ? refusal : undefined;
    },
  });
  for (const [why, state] of [
    ['spent', 'ceiling'],
    ['stopped', 'stopped'],
  ] as const) {
    refusal = why;
    asked = 0;
    expect(await run(1)).toMatchObject({ state, judged: 3 });
    expect(await run(1)).toBe(why);
  }
});

test('a run that can’t go on ends as failed, with the cases before', async () => {
  let asked = 0;
  const { run } = await prepare({
    open: () => async () => {
      asked += 1;
      throw new Error('a bug');
    },
  });
  expect(await run(1)).toMatchObject({ state: 'failed', judged: 0 });
  expect(asked).toBeLessThanOrEqual(2);
});
