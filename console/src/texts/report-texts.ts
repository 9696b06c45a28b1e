/** Texts of the report pages. */
import type { PerceptionBand } from '@firstword/shared/perception';
import type { CostKey, ResponseTimeKey, SiteBudget } from '@firstword/shared/reports';
import { countText } from '../numbers.ts';
import { countOf } from './common-texts.ts';
import { pageTexts } from './page-texts.ts';
import { type Texts, translated } from './translated.ts';

/** With fewer answers, p95 is decided by one or two visitors. */
export const FEW_SAMPLES = 20;

const bands: Record<PerceptionBand | 'unseen', string> = {
  instant: 'Instant',
  fast: 'Fast',
  noticeable: 'Noticeable',
  slow: 'Slow',
  unseen: 'Not shown',
};
const bandRanges: Record<PerceptionBand | 'unseen', string> = {
  instant: 'below 200 ms',
  fast: '200 to 400 ms',
  noticeable: '400 to 800 ms',
  slow: '800 ms or more',
  unseen: 'the answer was never displayed',
};
const groupings: Record<ResponseTimeKey, string> = { day: 'Day', model: 'Model', tier: 'Tier', region: 'Region' };
const costGroupings: Record<CostKey, string> = { ...groupings, purpose: 'Purpose', site: 'Site' };
const verdicts: Record<SiteBudget['verdict'], string> = {
  ok: 'Active',
  degrade: 'Near the limit, using a cheaper tier',
  'hand-off': 'Budget used up, new questions go to agents',
  stopped: 'Stopped',
};

const sentences = {
  unknown: 'unknown',
  onDay: (day: string) => `on ${day}`,
  fromTo: (from: string, to: string) => `from ${from} to ${to}`,
  notMeasured: (period: string) => `No response times were measured ${period}.`,
  notMeasuredToday: 'No response times were measured in the last 24 hours.',
  started: (answers: number, half: string, most: string) =>
    `Half of ${countOf(answers, 'answer', 'answers')} started within ${half}, 95% within ${most}.`,
  objective: ({ share, within, objective, met }: ObjectiveTexts) =>
    `In the last 24 hours, ${met ? '' : 'only '}${share} started within ${within}. The objective of ${objective} is ${met ? 'met' : 'not met'}.`,
  burn: (rate: string, answers: number) => `${rate}× the error budget (${countOf(answers, 'answer', 'answers')})`,
  noCalls: (period: string) => `No model calls ${period}.`,
  noPrice: (calls: number, period: string) => `${callsOf(calls)} ${period}; none has a known price.`,
  callsCost: (calls: number, period: string, usd: string) => `${callsOf(calls)} ${period} cost ${usd}.`,
  callsCostAtLeast: (calls: number, period: string, usd: string) => `${callsOf(calls)} ${period} cost at least ${usd}`,
  outputOnly: (calls: number) => `for ${countOf(calls, 'call', 'calls')} only the output price is known`,
  unpriced: (calls: number) => `for ${countOf(calls, 'call', 'calls')} no price is known`,
  usdOf: (spent: string, limit: string) => `${spent} of ${limit}`,
  tokensOf: (spent: string, limit: string) => `${spent} of ${limit} tokens`,
  noLimit: (usd: string, tokens: string) => `${usd}, ${tokens} tokens, no limit`,
  inTier: (model: string, tier: string) => `${model} in the ${tier} tier`,
  ttftLimit: (ttft: string, limit: string) => `TTFT ${ttft} (limit ${limit})`,
  priceLimit: (usd: string, limit: string) => `${usd} per million output tokens (limit ${limit})`,
  perMillion: (usd: string) => `${usd} per million tokens`,
  used: (share: string, answers: number) => `${share} of ${countOf(answers, 'answer', 'answers')} used`,
  saved: (each: string, all: string) => `${each} saved per answer, ${all} in all`,
};
const callsOf = (calls: number) => countOf(calls, 'model call', 'model calls');

export interface ObjectiveTexts {
  readonly share: string;
  readonly within: string;
  readonly objective: string;
  readonly met: boolean;
}

const english = {
  bands,
  bandRanges,
  groupings,
  costGroupings,
  verdicts,
  sentences,

  'response-time': pageTexts['response-time'],
  cost: pageTexts.cost,
  site: 'Site',
  everySite: 'All sites',
  period: 'Period',
  days: (count: number) => `Last ${count} days`,
  by: 'Group by',
  notRead: 'Couldn’t load the report.',
  pageNotLoaded: 'Couldn’t load this page. Check your connection and try again.',

  ttftTitle: 'Time to first token (TTFT)',
  ttftEmpty:
    'TTFT is measured in the visitor’s browser, from sending a message to showing the first token. The first value appears here within a second of an answer.',
  p50: 'p50',
  p75: 'p75',
  p95: 'p95',
  few: (answers: number) => `dashed: fewer than ${answers} answers, p95 isn’t reliable`,
  bandBelow: (band: string, ms: string) => `${band} below ${ms}`,
  ttftColumns: { samples: 'Answers', p50: 'p50', p75: 'p75', p95: 'p95' },
  total: 'Total',
  noData: 'no data',
  csv: 'Download CSV',
  burnHour: 'Burn rate, last hour',
  burnDay: 'Burn rate, last 24 hours',

  outsideLimits: 'Models outside the limits of their tier',
  outsideLimitsHint: 'The configuration allows them with routing.allowOutsideLimits.',

  completion: 'Visit completion by first TTFT',
  completionHint:
    'A visit is completed if an agent resolved it, if it was rated helpful, or if it was answered and not rated unhelpful. It is counted 30 minutes after its last question. The table shows a correlation, not a cause.',
  completionColumns: {
    band: 'First TTFT',
    visits: 'Visits',
    completed: 'Completed',
    share: 'Share',
    returned: 'Came back within 30 days',
  },
  completionEmpty: 'No finished visits yet. A visit is counted 30 minutes after its last question.',

  triage: 'Triage corrections',
  triageHint: 'How often agents corrected triage. Rows show the triage result, columns the correction.',
  triageEmpty: 'No corrections yet. Agents can correct triage next to a ticket’s analysis.',
  triageFrom: 'Triage result',
  triageCases: 'Download corrected cases (JSON Lines)',
  triageCasesHint: 'Contains visitor messages. Evaluate them with npm run eval -- intents --file.',

  costTitle: 'Model call cost',
  costEmpty: 'Every model call appears here within a second, including failed and cancelled calls.',
  costFull: 'cost',
  costAtLeast: 'minimum cost, input price unknown',
  costUnknown: 'calls with unknown price',
  unpriced: (count: number) => `+${countText(count)}?`,
  costColumns: {
    calls: 'Calls',
    share: 'Share of calls',
    failed: 'Failed',
    aborted: 'Cancelled',
    input: 'Input tokens',
    output: 'Output tokens',
    full: 'Cost',
    atLeast: 'Minimum cost',
    unknown: 'Unpriced calls',
  },

  costFigures: 'Price, answers and speculation',
  blended: 'Blended price',
  perVisit: 'Cost per visit',
  perVisitText: (usd: string, visits: number) => `${usd} (${countOf(visits, 'finished visit', 'finished visits')})`,
  speculation: 'Speculation',
  answersByTier: 'Answers by tier',
  answersColumns: { tier: 'Tier', count: 'Answers', share: 'Share', each: 'Cost per answer' },

  budgets: 'Today’s budget and kill switch',
  budgetsHint: 'Days are in UTC. A stopped site calls no models: new questions go to agents.',
  budgetColumns: { site: 'Site', spent: 'Spent today', state: 'State' },
  stoppedBy: { site: 'Stopped', all: 'Stopped with all sites', configuration: 'Stopped in the configuration' },
  stop: 'Stop model calls',
  resume: 'Resume',
  stopAll: 'Stop all sites',
  resumeAll: 'Resume all sites',
  stopTitle: (name: string) => `Stop model calls for ${name}?`,
  resumeTitle: (name: string) => `Resume model calls for ${name}?`,
  stopHint: 'Takes effect within two seconds. Answers in progress finish; new questions go to agents.',
  resumeHint: 'The assistant answers again within two seconds.',
  reason: 'Reason',
  reasonHint: 'All agents can see this reason and your name.',
  allName: 'all sites',

  deadLetters: (count: number) => `${countOf(count, 'analysis', 'analyses')} failed`,
  deadLettersTitle: 'Failed analyses',
  deadLettersHint: 'These analyses failed repeatedly. You can reply to their tickets without them.',
  deadLettersDone: 'No failed analyses.',
  attempts: (count: number) => countOf(count, 'attempt', 'attempts'),
  openTicket: (number: number) => `Open ticket ${number}`,
  rerunFailed: 'The request may have failed. You can safely try again.',
} as const;
export type ReportTexts = Texts<typeof english>;
export const reportTexts = translated<ReportTexts>('report', english);
