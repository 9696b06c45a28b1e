/** Texts of the Quality page, and the sentence that sums it up. Pure. */
import type { FirstResponse, QualityFigures, QualityKey, QualityReport } from '@firstword/shared/quality-report';
import { durationText } from '../figures.ts';
import { decimalText, shareText } from '../numbers.ts';
import { countOf } from './common-texts.ts';
import { pageTexts } from './page-texts.ts';
import { periodText } from './report-sentences.ts';
import { reportTexts } from './report-texts.ts';
import { type Texts, translated } from './translated.ts';

const groupings: Record<QualityKey, string> = { day: 'Day', site: 'Site', language: 'Language' };

const sentences = {
  noConversations: (period: string) => `No conversations ${period}.`,
  withoutAgent: (share: string, conversations: number, period: string) =>
    `${share} of ${countOf(conversations, 'conversation', 'conversations')} ${period} needed no agent.`,
  satisfaction: (average: string, ratings: number) => `${average} of 5 (${countOf(ratings, 'rating', 'ratings')})`,
  firstResponse: (half: string, most: string, tickets: number) =>
    `half within ${half}, 90% within ${most} (${countOf(tickets, 'ticket', 'tickets')})`,
  /** `92% of 40 tickets` */
  targets: (share: string, tickets: number) => `${share} of ${countOf(tickets, 'ticket', 'tickets')}`,
  helpful: (share: string, rated: number) => `${share} of ${countOf(rated, 'rated answer', 'rated answers')}`,
};

const english = {
  sentences,
  title: pageTexts.quality,
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
export type QualityTexts = Texts<typeof english>;
export const qualityTexts = translated<QualityTexts>('quality', english);

export function qualitySentence({ total, ...period }: QualityReport): string {
  const { conversations, withoutAgent } = total;
  const when = periodText(period);
  if (conversations === 0) return qualityTexts.sentences.noConversations(when);
  return qualityTexts.sentences.withoutAgent(shareText(withoutAgent / conversations), conversations, when);
}

/** `2.4 of 5 (12 ratings)` */
export function satisfactionText({ satisfaction }: QualityFigures): string {
  if (satisfaction.kind === 'no-data') return reportTexts.noData;
  return qualityTexts.sentences.satisfaction(decimalText(satisfaction.average, 1), satisfaction.answers);
}

export function firstResponseText(waited: FirstResponse): string {
  if (waited.kind === 'no-data') return reportTexts.noData;
  const { p50Ms, p90Ms, tickets } = waited;
  return qualityTexts.sentences.firstResponse(durationText(p50Ms), durationText(p90Ms), tickets);
}

export function targetsText({ targets }: QualityFigures): string {
  if (targets.kind === 'no-data') return reportTexts.noData;
  return qualityTexts.sentences.targets(shareText(targets.met / targets.tickets), targets.tickets);
}

/** `81% of 43 answers rated helpful` */
export function helpfulText({ ratingsUp, ratingsDown }: QualityFigures): string {
  const rated = ratingsUp + ratingsDown;
  if (rated === 0) return reportTexts.noData;
  return qualityTexts.sentences.helpful(shareText(ratingsUp / rated), rated);
}
