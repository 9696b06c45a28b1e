/** Texts of the Quality page, and the sentence that sums it up. Pure. */
import type { FirstResponse, QualityFigures, QualityKey, QualityReport } from '@firstword/shared/quality-report';
import { durationText } from '../figures.ts';
import { periodText, reportTexts, several, shareText } from './report-texts.ts';

const groupings: Record<QualityKey, string> = { day: 'Day', site: 'Site', language: 'Language' };

export function qualitySentence({ total, ...period }: QualityReport): string {
  const { conversations, withoutAgent } = total;
  if (conversations === 0) return `No conversations ${periodText(period)}.`;
  const share = shareText(withoutAgent / conversations);
  return `${share} of ${several(conversations, 'conversation', 'conversations')} ${periodText(period)} needed no agent.`;
}

/** `2.4 of 5 (12 ratings)` */
export function satisfactionText({ satisfaction }: QualityFigures): string {
  if (satisfaction.kind === 'no-data') return reportTexts.noData;
  return `${satisfaction.average.toFixed(1)} of 5 (${several(satisfaction.answers, 'rating', 'ratings')})`;
}

export function firstResponseText(waited: FirstResponse): string {
  if (waited.kind === 'no-data') return reportTexts.noData;
  const half = `half within ${durationText(waited.p50Ms)}`;
  return `${half}, 90% within ${durationText(waited.p90Ms)} (${several(waited.tickets, 'ticket', 'tickets')})`;
}

/** `92% of 40 tickets` */
export function targetsText({ targets }: QualityFigures): string {
  if (targets.kind === 'no-data') return reportTexts.noData;
  return `${shareText(targets.met / targets.tickets)} of ${several(targets.tickets, 'ticket', 'tickets')}`;
}

/** `81% of 43 answers rated helpful` */
export function helpfulText({ ratingsUp, ratingsDown }: QualityFigures): string {
  const rated = ratingsUp + ratingsDown;
  if (rated === 0) return reportTexts.noData;
  return `${shareText(ratingsUp / rated)} of ${several(rated, 'rated answer', 'rated answers')}`;
}

export const qualityTexts = {
  title: 'Quality',
  groupings,
  empty: 'A conversation is counted as soon as its visitor has sent a message.',
  figures: 'Conversations and tickets',
  columns: {
    conversations: 'Conversations',
    withoutAgent: 'Without an agent',
    tickets: 'Tickets',
    reopened: 'Reopened',
    helpful: 'Rated helpful',
    notHelpful: 'Rated unhelpful',
    satisfaction: 'Satisfaction',
    firstResponse: 'First response (p50)',
    targets: 'Target met',
  },
  withoutAgent: 'without an agent',
  withAgent: 'with an agent',
  summary: 'Summary',
  helpful: 'Answers rated helpful',
  satisfaction: 'Satisfaction',
  firstResponse: 'First response by an agent',
  targets: 'First response within the target',
  reasons: 'Hand-off reasons',
  reason: 'Reason',
  topics: 'Topics of tickets',
  topic: 'Topic',
  tickets: 'Tickets',
  reviews: 'Proposed replies',
  reviewsHint: 'What agents did with the replies that analyses proposed.',
  review: 'Review',
  analyses: 'Analyses',
  verdicts: {
    approved: 'Sent unchanged',
    edited: 'Sent after editing',
    rejected: 'Rejected',
    pending: 'Not reviewed',
  },
  comments: 'Why answers didn’t help',
  noComments: 'No visitor gave a reason for an unhelpful rating.',
  none: 'None in this period.',
} as const;
