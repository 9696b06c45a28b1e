/** Reports of the scripted server: a week with one day without data, one with few answers, and costs of all three kinds. */
import type { ModelAlarm, ModelCheck, ModelStatusView } from '@firstword/shared/model-status';
import type { QualityFigures, QualityReport } from '@firstword/shared/quality-report';
import type {
  BudgetReport,
  CallTotals,
  CostReport,
  DeadLetterList,
  ResponseTimeReport,
  TtftFigures,
  VerdictReport,
} from '@firstword/shared/reports';
import type { Ticket } from '@firstword/shared/ticket';
import { daysFrom } from '../src/chart-scale.ts';

export interface ShopReports {
  responseTime: ResponseTimeReport;
  cost: CostReport;
  quality: QualityReport;
  budgets: BudgetReport;
  verdicts: VerdictReport;
  models: ModelStatusView;
  deadLetters: DeadLetterList['deadLetters'];
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SITES = [
  { id: 'demo', name: 'Wendleby' },
  { id: 'outlet', name: 'Wendleby Outlet' },
];
const NO_CALLS = {
  cost: { fullUsd: 0, fullCalls: 0, outputOnlyUsd: 0, outputOnlyCalls: 0, unknownCalls: 0 },
  calls: 0,
  failedCalls: 0,
  abortedCalls: 0,
  promptTokens: 0,
  completionTokens: 0,
  cachedTokens: 0,
  estimatedCalls: 0,
  ttft: { kind: 'no-data' },
} satisfies CallTotals;

const NO_QUALITY: QualityFigures = {
  ...{ conversations: 0, withoutAgent: 0, tickets: 0, reopened: 0, ratingsUp: 0, ratingsDown: 0 },
  satisfaction: { kind: 'no-data' },
  firstResponse: { kind: 'no-data' },
  targets: { kind: 'no-data' },
};

function figures(samples: number, p50Ms: number, p75Ms: number, p95Ms: number): TtftFigures {
  const share = (part: number) => ({ samples: Math.round(samples * part), share: part });
  return {
    ttft: { kind: 'measured', samples, p50Ms, p75Ms, p95Ms },
    bands: { instant: share(0.62), fast: share(0.33), noticeable: share(0.04), slow: share(0.01) },
  };
}

function totals(fullUsd: number, outputOnlyUsd: number, unknownCalls: number): CallTotals {
  const calls = Math.round(fullUsd * 2000 + outputOnlyUsd * 3000) + unknownCalls;
  const fullCalls = Math.round(fullUsd * 2000);
  return {
    ...NO_CALLS,
    calls,
    abortedCalls: Math.round(calls / 9),
    promptTokens: calls * 812,
    completionTokens: calls * 96,
    cost: { fullUsd, fullCalls, outputOnlyUsd, outputOnlyCalls: calls - fullCalls - unknownCalls, unknownCalls },
  };
}

const ADDRESS = 'https://models.example/v1/chat/completions';
const checkOf = (modelId: string, tier: ModelCheck['tiers'][number]): ModelCheck => ({
  modelId,
  upstreamName: modelId,
  endpointId: 'main',
  address: ADDRESS,
  tiers: [tier],
  reachable: true,
  listed: true,
  ttftMs: 83,
  tokensPerSecond: 120,
  thinks: false,
  usageReported: true,
  price: 'full',
  refusedFields: [],
  warnings: [],
  concerns: [],
});
const fault = {
  code: 'unknown-model',
  message: 'status 404 (model_not_found)',
  fix: 'Set upstreamName of the model "our-fast" under "models" to a name that models.example has.',
};
const { ttftMs: _, tokensPerSecond: __, ...unanswered } = checkOf('our-fast', 'fast');
const BROKEN_MODEL: ModelCheck = { ...unanswered, listed: false, fault };
export const MODEL_ALARM: ModelAlarm = {
  ...fault,
  modelId: 'our-fast',
  upstreamName: 'org/fast',
  endpointId: 'main',
  address: ADDRESS,
  since: '2026-05-20T10:00:00.000Z',
  count: 3,
};

/** Reports without data. */
export function emptyReports(now: number): ShopReports {
  const to = new Date(now).toISOString().slice(0, 10);
  const query = { from: new Date(now - 6 * DAY_MS).toISOString().slice(0, 10), to, by: 'day', sites: SITES } as const;
  return {
    responseTime: {
      ...query,
      site: 'demo',
      objective: { withinMs: 400, share: 0.95 },
      burn: { hour: { kind: 'no-data' }, day: { kind: 'no-data' } },
      total: { ttft: { kind: 'no-data' } },
      lines: [],
      completion: (['instant', 'fast', 'noticeable', 'slow', 'unseen'] as const).map((band) => ({
        band,
        visits: 0,
        completed: 0,
        returned: 0,
      })),
      outsideLimits: [],
    },
    cost: {
      ...query,
      total: NO_CALLS,
      figures: { visits: 0, answers: [], speculation: { kind: 'no-data' } },
      lines: [],
    },
    quality: {
      ...query,
      total: NO_QUALITY,
      lines: [],
      reasons: [],
      topics: [],
      reviews: { approved: 0, edited: 0, rejected: 0, pending: 0 },
      comments: [],
    },
    budgets: {
      sites: SITES.map((site) => ({ ...site, verdict: 'ok', spent: { usd: 0, tokens: 0 } })),
    },
    verdicts: { confusion: [] },
    models: { state: 'unchecked', alarms: [], checks: [] },
    deadLetters: [],
  };
}

export function shopReports(now: number, failedTickets: readonly Ticket[]): ShopReports {
  const empty = emptyReports(now);
  const days = daysFrom(empty.responseTime.from, empty.responseTime.to);
  const p50s = [182, 176, 190, undefined, 214, 188, 179];
  return {
    ...empty,
    responseTime: {
      ...empty.responseTime,
      burn: {
        hour: { kind: 'measured', samples: 23, withinShare: 0.957, burnRate: 0.87, met: true },
        day: { kind: 'measured', samples: 412, withinShare: 0.968, burnRate: 0.64, met: true },
      },
      total: figures(2180, 184, 252, 391),
      lines: days.flatMap((key, index) => {
        const p50 = p50s[index];
        if (p50 === undefined) return [];
        return [
          { key, figures: figures(index === 2 ? 12 : 340 + index * 17, p50, p50 * 1.4, index === 4 ? 930 : p50 * 2) },
        ];
      }),
      outsideLimits: [
        { tier: 'instant', modelId: 'our-own', what: 'ttft', value: 320, limit: 200 },
        { tier: 'fast', modelId: 'our-own', what: 'price', value: 1.2, limit: 0.8 },
      ],
      completion: [
        { band: 'instant', visits: 640, completed: 588, share: 0.919, returned: 212, returnedShare: 0.331 },
        { band: 'fast', visits: 310, completed: 274, share: 0.884, returned: 84, returnedShare: 0.271 },
        { band: 'noticeable', visits: 41, completed: 33, share: 0.805, returned: 7, returnedShare: 0.171 },
        { band: 'slow', visits: 0, completed: 0, returned: 0 },
        { band: 'unseen', visits: 7, completed: 0, share: 0, returned: 0, returnedShare: 0 },
      ],
    },
    cost: {
      ...empty.cost,
      total: totals(1.61, 0.92, 14),
      figures: {
        blended: { usdPerMillion: 0.34, isLowerBound: true },
        visits: 998,
        usdPerVisit: 0.0025,
        answers: [
          { tier: 'fast', answers: 1640, share: 0.752, usdPerAnswer: 0.00031 },
          { tier: 'instant', answers: 540, share: 0.248, usdPerAnswer: 0.00004 },
        ],
        speculation: { kind: 'measured', shown: 2180, dropped: 120, hitRate: 0.948, savedMs: 348_800 },
      },
      lines: days.map((key, index) => ({
        key,
        share: 1 / 7,
        totals: totals(0.2 + index * 0.01, index < 4 ? 0.23 : 0, index === 5 ? 14 : 0),
      })),
    },
    quality: {
      ...empty.quality,
      total: {
        ...{ conversations: 1204, withoutAgent: 1108, tickets: 96, reopened: 7, ratingsUp: 210, ratingsDown: 31 },
        satisfaction: { kind: 'measured', answers: 64, average: 4.3 },
        firstResponse: { kind: 'measured', tickets: 88, p50Ms: 252_000, p90Ms: 1_260_000 },
        targets: { kind: 'measured', tickets: 88, met: 81 },
      },
      lines: days.map((key, index) => ({
        key,
        figures: { ...NO_QUALITY, conversations: 160 + index * 4, withoutAgent: 148 + index * 3, tickets: 12 + index },
      })),
      reasons: [
        { key: 'visitor-request', count: 58 },
        { key: 'missing-knowledge', count: 38 },
      ],
      topics: [{ key: 'refund', count: 41 }],
      reviews: { approved: 40, edited: 22, rejected: 6, pending: 9 },
      comments: [{ conversationId: 'c-7', at: now - DAY_MS, text: 'It is about the wrong lamp.' }],
    },
    budgets: {
      sites: [
        {
          id: 'demo',
          name: 'Wendleby',
          verdict: 'degrade',
          spent: { usd: 4.31, tokens: 1_214_000 },
          limit: { usd: 5 },
          usedShare: 0.862,
        },
        { id: 'outlet', name: 'Wendleby Outlet', verdict: 'ok', spent: { usd: 0.12, tokens: 40_210 } },
      ],
    },
    verdicts: {
      confusion: [
        { from: 'answer', to: 'complex', count: 4 },
        { from: 'answer', to: 'agent', count: 2 },
        { from: 'complex', to: 'answer', count: 1 },
      ],
    },
    models: { state: 'ok', alarms: [], checks: [checkOf('qwen3-8b', 'instant'), BROKEN_MODEL] },
    deadLetters: failedTickets.map((ticket, index) => ({
      runId: `${ticket.id}-run-1`,
      ticket,
      reason: 'No model answered within 60 seconds.',
      attempts: 3,
      failedAt: now - (index + 1) * 60_000 * 11,
    })),
  };
}
