/** The words of the report pages. Sentences are made of figures here, and here alone. Pure. */
import type { PerceptionBand } from '@firstword/shared/perception';
import type {
  BurnSummary,
  CostKey,
  CostReport,
  ResponseTimeKey,
  ResponseTimeReport,
  SiteBudget,
} from '@firstword/shared/reports';
import { durationText, usdText } from './figures.ts';

/** Below so many answers a p95 is one or two visitors. */
export const FEW_SAMPLES = 20;

const bands: Record<PerceptionBand | 'unseen', string> = {
  instant: 'Instant',
  fast: 'Fast',
  noticeable: 'Noticeable',
  slow: 'Slow',
  unseen: 'Never seen',
};
const bandRanges: Record<PerceptionBand | 'unseen', string> = {
  instant: 'below 200 ms',
  fast: '200 to 400 ms',
  noticeable: '400 to 800 ms',
  slow: '800 ms and more',
  unseen: 'no first word was painted',
};
const waitKeys: Record<ResponseTimeKey, string> = { day: 'Day', model: 'Model', tier: 'Tier', region: 'Region' };
const costKeys: Record<CostKey, string> = { ...waitKeys, purpose: 'Purpose', site: 'Site' };
const verdicts: Record<SiteBudget['verdict'], string> = {
  ok: 'Running',
  degrade: 'Near the limit: answers come from a cheaper tier',
  'hand-off': 'Used up: people are called instead',
  stopped: 'Stopped',
};

const english = new Intl.NumberFormat('en');
export const countText = (count: number) => english.format(count);
const several = (count: number, one: string, many: string) => `${countText(count)} ${count === 1 ? one : many}`;

/** One decimal near the ends, where a tenth of a per cent is many visitors. */
export function shareText(share: number): string {
  const percent = share * 100;
  return `${percent > 90 || percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

/** A UTC day as people write it; anything else as it is. */
export function keyText(by: string, key: string): string {
  if (by !== 'day') return key === '' ? 'unknown' : key;
  return new Date(`${key}T00:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

function periodText({ from, to }: { from: string; to: string }): string {
  return from === to ? `on ${keyText('day', from)}` : `from ${keyText('day', from)} to ${keyText('day', to)}`;
}

export function responseTimeSentence(report: ResponseTimeReport): string {
  const { ttft: waits } = report.total;
  if (waits.kind === 'no-data') return `No first word was measured ${periodText(report)}.`;
  const seen = `Half of ${several(waits.samples, 'answer', 'answers')} began within ${durationText(waits.p50Ms)}, 95 % within ${durationText(waits.p95Ms)}.`;
  return `${seen} ${promiseSentence(report)}`;
}

function promiseSentence({ burn: { day }, objective }: ResponseTimeReport): string {
  if (day.kind === 'no-data') return 'Nothing was measured in the last 24 hours.';
  const promise = `${shareText(objective.share)} within ${durationText(objective.withinMs)}`;
  return day.met
    ? `In the last 24 hours ${shareText(day.withinShare)} were in time: the promise of ${promise} is kept.`
    : `In the last 24 hours only ${shareText(day.withinShare)} were in time: the promise of ${promise} is not kept.`;
}

/** 1 uses up exactly what the objective allows. */
export function burnText(burn: BurnSummary): string {
  if (burn.kind === 'no-data') return 'no data';
  return `${Number(burn.burnRate.toFixed(burn.burnRate < 10 ? 1 : 0))}× of what is allowed (${several(burn.samples, 'answer', 'answers')})`;
}

export function costSentence({ total: { calls, cost }, ...period }: CostReport): string {
  if (calls === 0) return `No model was asked ${periodText(period)}.`;
  const made = `${several(calls, 'model call', 'model calls')} ${periodText(period)}`;
  const known = cost.fullUsd + cost.outputOnlyUsd;
  if (cost.unknownCalls === calls) return `${made}; none of them has a known price.`;
  if (cost.unknownCalls === 0 && cost.outputOnlyCalls === 0) return `${made} cost ${usdText(known)}.`;
  const gaps = [
    ...(cost.outputOnlyCalls > 0
      ? [`for ${countText(cost.outputOnlyCalls)} only the price of the output is known`]
      : []),
    ...(cost.unknownCalls > 0 ? [`for ${countText(cost.unknownCalls)} no price is known`] : []),
  ];
  return `${made} cost at least ${usdText(known)}: ${gaps.join(', ')}.`;
}

/** The fuller of a site's limits, and how much of it is left. */
export function budgetText({ spent, limit, usedShare }: SiteBudget): string {
  const parts = [
    ...(limit?.usd === undefined ? [] : [`${usdText(spent.usd)} of ${usdText(limit.usd)}`]),
    ...(limit?.tokens === undefined ? [] : [`${countText(spent.tokens)} of ${countText(limit.tokens)} tokens`]),
  ];
  if (parts.length === 0) return `${usdText(spent.usd)}, ${countText(spent.tokens)} tokens, no limit`;
  return `${parts.join(', ')}${usedShare === undefined ? '' : ` (${shareText(usedShare)})`}`;
}

export const reportTexts = {
  bands,
  bandRanges,
  waitKeys,
  costKeys,
  verdicts,

  'response-time': 'Response time',
  cost: 'Cost',
  site: 'Site',
  everySite: 'All sites',
  period: 'Period',
  days: (count: number) => `Last ${count} days`,
  by: 'By',
  notRead: 'The figures could not be read.',

  waitsTitle: 'Wait for the first word, as visitors felt it',
  waitsEmpty:
    'Each wait is measured in the visitor’s browser, from the send to the first painted word. The first one appears here within a second of an answer.',
  median: 'half began by',
  quarters: 'three quarters began by',
  late: '95 % began by',
  few: `dashed: fewer than ${FEW_SAMPLES} answers, too few for a p95`,
  waitColumns: { samples: 'Answers', p50: 'p50', p75: 'p75', p95: 'p95' },
  total: 'All',
  noData: 'no data',
  lastHour: 'Last hour',
  lastDay: 'Last 24 hours',
  burn: 'Late answers',

  completion: 'How visits ended, by their first wait',
  completionHint:
    'Completed: answered and not rated down, rated up, or resolved by a person. Counted when a visit is over, 30 minutes after its last question. A connection, not a cause.',
  completionColumns: { band: 'First wait', visits: 'Visits', completed: 'Completed', share: 'Share' },
  completionEmpty: 'No visit is over yet. The first one is counted 30 minutes after its last question.',

  triage: 'Triage, corrected by agents',
  triageHint: 'How often agents said that triage was wrong, by what it had said and what would have been right.',
  triageEmpty: 'Nobody has corrected triage. Corrections made beside an analysis are counted here.',
  triageFrom: 'Triage said',
  triageCases: 'Download the corrected cases (JSON lines)',
  triageCasesHint: 'They hold visitors’ words. npm run eval -- intents --file reads them.',

  costTitle: 'What model calls cost',
  costEmpty: 'Each call to a model is counted, whatever became of it. The first one appears here within a second.',
  costFull: 'cost',
  costAtLeast: 'at least: the price of the input is not known',
  costUnknown: 'calls of unknown price, beside their bar',
  unpriced: (count: number) => `+${countText(count)}?`,
  costColumns: {
    calls: 'Calls',
    failed: 'Failed',
    aborted: 'Stopped early',
    input: 'Tokens in',
    output: 'Tokens out',
    full: 'Cost',
    atLeast: 'At least',
    unknown: 'Unpriced calls',
  },

  budgets: 'Today, and the switch',
  budgetsHint: 'A day is a UTC day. A stopped site asks no model: visitors get a person instead.',
  budgetColumns: { site: 'Site', spent: 'Spent today', state: 'State' },
  stoppedBy: { site: 'Stopped', all: 'Stopped with all sites', configuration: 'Stopped by the configuration' },
  stop: 'Stop model calls',
  resume: 'Resume',
  stopAll: 'Stop every site',
  resumeAll: 'Resume every site',
  stopTitle: (name: string) => `Stop the model calls of ${name}?`,
  resumeTitle: (name: string) => `Resume the model calls of ${name}?`,
  stopHint: 'Every process stops within two seconds. What is being answered ends normally; new questions go to people.',
  resumeHint: 'The assistant answers again within two seconds.',
  reason: 'Reason',
  reasonHint: 'Every agent sees it, with your name.',
  allName: 'every site',

  deadLetters: (count: number) => `${several(count, 'analysis', 'analyses')} could not be written`,
  deadLettersTitle: 'Analyses that could not be written',
  deadLettersHint: 'They were tried and given up. Their tickets can be answered without them.',
  deadLettersDone: 'None is left.',
  attempts: (count: number) => several(count, 'try', 'tries'),
  openTicket: (number: number) => `Open ticket ${number}`,
  rerunFailed: 'That did not arrive. Trying again is safe.',
} as const;
