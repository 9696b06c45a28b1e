/** Texts of the analysis pane: runs, results and triage. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { AnalysisState } from '@firstword/shared/analysis-states';
import type { StoredVerdict } from '@firstword/shared/ticket';
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

type Content = NonNullable<AnalysisRun['content']>;
type RejectReason = 'wrong-facts' | 'wrong-tone' | 'incomplete' | 'not-our-policy' | 'unsafe' | 'other';

const runStates: Record<AnalysisState, string> = {
  queued: 'Analysis queued. You can reply without it.',
  running: 'Analysis in progress. You can reply without it.',
  completed: '',
  partial: 'Some parts of this analysis failed validation and were removed.',
  failed: 'Analysis failed. Run it again, or reply without it.',
  cancelled: 'This analysis was cancelled.',
  superseded: 'A newer analysis replaced this one.',
};
const triggers: Record<AnalysisRun['trigger'], string> = {
  'hand-off': 'started by the hand-off',
  agent: 'started by an agent',
  retry: 'retried after a failure',
  rejection: 'started after a rejection',
  'new-facts': 'started after a new message',
};
const verdicts: Record<AnalysisRun['review']['verdict'], string> = {
  pending: '',
  approved: 'Approved and sent',
  edited: 'Edited and sent',
  rejected: 'Rejected',
  superseded: 'Not used',
};
const rejectReasons: Record<RejectReason, string> = {
  'wrong-facts': 'Wrong facts',
  'wrong-tone': 'Wrong tone',
  incomplete: 'Incomplete',
  'not-our-policy': 'Against our policy',
  unsafe: 'Unsafe to send',
  other: 'Other',
};
const confidence: Record<Content['confidence']['band'], string> = { low: 'Low', medium: 'Medium', high: 'High' };
const flags: Record<Content['flags'][number], string> = {
  'injection-suspected': 'Possible prompt injection in the visitor’s messages. Check the reply carefully.',
  'personal-data': 'contains personal data',
  masked: 'personal data masked for the model',
};
const sentiments: Record<Content['reading']['sentiment'], string> = {
  positive: 'positive',
  neutral: 'neutral',
  negative: 'negative',
};
const trends: Record<Content['reading']['trend'], string> = {
  improving: 'improving',
  steady: '',
  worsening: 'worsening',
};
const risks: Record<Content['nextActions'][number]['risk'], string> = {
  low: 'low risk',
  medium: 'medium risk',
  high: 'high risk',
};
const handlings: Record<StoredVerdict['handling'], string> = {
  answer: 'Answer',
  complex: 'Complex',
  agent: 'Wants an agent',
  smalltalk: 'Small talk',
  'off-topic': 'Off topic',
};
/** By the code of what decided. A code of another release is shown as it is. */
const triageReasons: Readonly<Record<string, string>> = {
  'rule:danger': 'danger to someone',
  'rule:fraud': 'fraud',
  'rule:legal': 'legal steps',
  'rule:chargeback': 'a chargeback',
  'rule:person-request': 'asks for a person',
  'rule:not-solved': 'says it isn’t solved',
  'rule:not-helped': 'says the answer didn’t help',
  'rule:displeased': 'is displeased',
  'rule:disputed': 'disputes a charge or an entry',
  'rule:account-report': 'reports a problem with an account',
  'rule:repeated-failure': 'two answers failed in a row',
  'rule:no-knowledge': 'no article covers it',
  'rule:no-model': 'no model answered',
  'model:answer': 'by the model',
  'model:complex': 'by the model',
  'model:agent': 'by the model',
  'model:smalltalk': 'by the model',
  'model:off-topic': 'by the model',
  'model:none': 'the model gave no result in time',
  'model:unsure': 'the model was unsure',
  'model:negative': 'the visitor is unhappy',
  'site:negative-sentiment': 'this site hands unhappy visitors off',
  'site:complex-is-answered': 'this site answers complex questions',
};

const english = {
  runStates,
  triggers,
  verdicts,
  rejectReasons,
  confidence,
  flags,
  sentiments,
  trends,
  risks,
  handlings,
  triageReasons,

  analysis: 'Analysis',
  runs: 'Runs',
  run: (number: number) => `Run ${number}`,
  olderRun: (number: number) => `You’re viewing run ${number}. The proposed reply comes from the latest run.`,
  leftRun: 'Left run',
  rightRun: 'Right run',
  quotesFound: (found: number, all: number) =>
    all === 0 ? 'no quotes' : `${found} of ${countOf(all, 'quote', 'quotes')} found`,
  useThisReply: 'Use this reply',
  visitorGoal: 'Visitor’s goal',
  hypotheses: 'Possible causes',
  evidenceFrom: (source: string) => `from ${source}`,
  article: 'article',
  notFoundInSource: 'Quote not found in the source',
  noEvidence: 'No evidence.',
  ruledOut: 'ruled out',
  missing: 'Missing information',
  blocker: 'Blocked by',
  policy: 'Relevant policies',
  nextActions: 'Suggested next steps',
  nextActionsHint: 'Suggestions only. Nothing runs automatically.',
  alreadySaid: 'Already told the visitor',
  confidenceTitle: 'Confidence',
  likelihoods: { veryLikely: 'very likely', likely: 'likely', possible: 'possible', unlikely: 'unlikely' },
  dropped: (parts: readonly string[]) => `Removed because they failed validation: ${parts.join(', ')}.`,
  stale: 'The visitor has sent messages since this analysis.',
  noAnalysis: 'No analysis yet. Run one, or reply without it.',
  noContent: 'This run returned no usable result.',
  triage: 'Triage',
  triageResult: (handling: string) => `Result: ${handling}`,
  corrected: (handling: string) => `Corrected to: ${handling}`,
  correct: 'Correct to',
  version: (prompt: number, knowledge: string) => `prompt ${prompt} · knowledge ${knowledge}`,
  promptVersion: (version: number) => `prompt ${version}`,
  runNumber: (number: number) => `run ${number}`,
  runFigures: 'Model, duration, cost and version of this run',
  tokens: (prompt: string, completion: string) => `${prompt} input tokens, ${completion} output tokens`,
  queued: (text: string) => `${text} in the queue`,
  reviewedBy: (verdict: string, name: string) => `${verdict} by ${name}`,
} as const;
export type AnalysisTexts = Texts<typeof english>;
export const analysisTexts = translated<AnalysisTexts>('analysis', english);

/** The note of a test case in the console's words: `rejected: wrong-facts: It’s 30 days` → “Rejected: Wrong facts: It’s 30 days” */
export function caseNoteText(note: string): string {
  const named = { ...analysisTexts.verdicts, ...analysisTexts.rejectReasons };
  const [verdict = '', reason, ...words] = note.split(': ');
  const nameOf = (word: string) => Object.entries(named).find(([code]) => code === word)?.[1] ?? word;
  return [nameOf(verdict), ...(reason === undefined ? [] : [nameOf(reason)]), ...words].join(': ');
}
