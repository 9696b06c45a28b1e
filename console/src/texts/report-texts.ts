/** Texts of the report pages, and sentences that sum up their figures. Pure. */
import type { PerceptionBand } from '@firstword/shared/perception';
import type {
  BurnSummary,
  CostFigures,
  CostKey,
  CostReport,
  OutsideLimit,
  ResponseTimeKey,
  ResponseTimeReport,
  SiteBudget,
} from '@firstword/shared/reports';
import { durationText, usdText } from '../figures.ts';

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

const english = new Intl.NumberFormat('en');
export const countText = (count: number) => english.format(count);
export const several = (count: number, one: string, many: string) => `${countText(count)} ${count === 1 ? one : many}`;

/** One decimal near 0% and 100%, where a tenth of a percent matters. */
export function shareText(share: number): string {
  const percent = share * 100;
  return `${percent > 90 || percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)}%`;
}

/** Formats a UTC day. Other keys are shown unchanged. */
export function keyText(by: string, key: string): string {
  if (by !== 'day') return key === '' ? 'unknown' : key;
  return new Date(`${key}T00:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

export function periodText({ from, to }: { from: string; to: string }): string {
  return from === to ? `on ${keyText('day', from)}` : `from ${keyText('day', from)} to ${keyText('day', to)}`;
}

export function responseTimeSentence(report: ResponseTimeReport): string {
  const { ttft } = report.total;
  if (ttft.kind === 'no-data') return `No response times were measured ${periodText(report)}.`;
  const summary = `Half of ${several(ttft.samples, 'answer', 'answers')} started within ${durationText(ttft.p50Ms)}, 95% within ${durationText(ttft.p95Ms)}.`;
  return `${summary} ${objectiveSentence(report)}`;
}

function objectiveSentence({ burn: { day }, objective }: ResponseTimeReport): string {
  if (day.kind === 'no-data') return 'No response times were measured in the last 24 hours.';
  const share = `${shareText(day.withinShare)} started within ${durationText(objective.withinMs)}`;
  const verdict = `The objective of ${shareText(objective.share)} is ${day.met ? 'met' : 'not met'}.`;
  return `In the last 24 hours, ${day.met ? '' : 'only '}${share}. ${verdict}`;
}

/** A burn rate of 1 uses exactly the error budget that the objective allows. */
export function burnText(burn: BurnSummary): string {
  if (burn.kind === 'no-data') return 'no data';
  return `${Number(burn.burnRate.toFixed(burn.burnRate < 10 ? 1 : 0))}× the error budget (${several(burn.samples, 'answer', 'answers')})`;
}

export function costSentence({ total: { calls, cost }, ...period }: CostReport): string {
  if (calls === 0) return `No model calls ${periodText(period)}.`;
  const made = `${several(calls, 'model call', 'model calls')} ${periodText(period)}`;
  const known = cost.fullUsd + cost.outputOnlyUsd;
  if (cost.unknownCalls === calls) return `${made}; none has a known price.`;
  if (cost.unknownCalls === 0 && cost.outputOnlyCalls === 0) return `${made} cost ${usdText(known)}.`;
  const gaps = [
    ...(cost.outputOnlyCalls > 0
      ? [`for ${several(cost.outputOnlyCalls, 'call', 'calls')} only the output price is known`]
      : []),
    ...(cost.unknownCalls > 0 ? [`for ${several(cost.unknownCalls, 'call', 'calls')} no price is known`] : []),
  ];
  return `${made} cost at least ${usdText(known)}: ${gaps.join(', ')}.`;
}

/** A site's spending against each of its limits, and the larger share. */
export function budgetText({ spent, limit, usedShare }: SiteBudget): string {
  const parts = [
    ...(limit?.usd === undefined ? [] : [`${usdText(spent.usd)} of ${usdText(limit.usd)}`]),
    ...(limit?.tokens === undefined ? [] : [`${countText(spent.tokens)} of ${countText(limit.tokens)} tokens`]),
  ];
  if (parts.length === 0) return `${usdText(spent.usd)}, ${countText(spent.tokens)} tokens, no limit`;
  return `${parts.join(', ')}${usedShare === undefined ? '' : ` (${shareText(usedShare)})`}`;
}

/** `our-model in the fast tier: TTFT 600 ms (limit 400 ms)` */
export function outsideLimitText({ tier, modelId, what, value, limit }: OutsideLimit): string {
  const figure =
    what === 'ttft'
      ? `TTFT ${durationText(value)} (limit ${durationText(limit)})`
      : `$${value} per million output tokens (limit $${limit})`;
  return `${modelId} in the ${tier} tier: ${figure}`;
}

/** US dollars per million tokens processed, questions and answers together. */
export function blendedText({ blended }: CostFigures): string {
  if (blended === undefined) return 'no data';
  const price = `${usdText(blended.usdPerMillion)} per million tokens`;
  return blended.isLowerBound ? `at least ${price}` : price;
}

export function speculationText({ speculation }: CostFigures): string {
  if (speculation.kind === 'no-data') return 'no data';
  const { shown, dropped, hitRate, savedMs } = speculation;
  const used = `${shareText(hitRate)} of ${several(shown + dropped, 'answer', 'answers')} used`;
  return shown === 0
    ? used
    : `${used}, ${durationText(savedMs / shown)} saved per answer, ${durationText(savedMs)} in all`;
}

export const reportTexts = {
  bands,
  bandRanges,
  groupings,
  costGroupings,
  verdicts,

  'response-time': 'Response time',
  cost: 'Cost',
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
  few: `dashed: fewer than ${FEW_SAMPLES} answers, p95 isn’t reliable`,
  ttftColumns: { samples: 'Answers', p50: 'p50', p75: 'p75', p95: 'p95' },
  total: 'Total',
  noData: 'no data',
  csv: 'Download CSV',
  lastHour: 'Last hour',
  lastDay: 'Last 24 hours',
  burn: 'Burn rate',

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
  perVisitText: (usd: string, visits: number) => `${usd} (${several(visits, 'finished visit', 'finished visits')})`,
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

  deadLetters: (count: number) => `${several(count, 'analysis', 'analyses')} failed`,
  deadLettersTitle: 'Failed analyses',
  deadLettersHint: 'These analyses failed repeatedly. You can reply to their tickets without them.',
  deadLettersDone: 'No failed analyses.',
  attempts: (count: number) => several(count, 'attempt', 'attempts'),
  openTicket: (number: number) => `Open ticket ${number}`,
  rerunFailed: 'The request may have failed. You can safely try again.',
} as const;
