/** Builds the analysis document from a model's answer: finds quotes, checks sentences, sets flags. */
import type { AnalysisContent, AnalysisRun, CheckedEvidence } from '@firstword/shared/analysis';
import type { Phrase } from '@firstword/shared/phrase';
import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import type { FoundPassage } from '../knowledge/knowledge.ts';
import { phrase, phraseText } from '../lib/phrase.ts';
import { looksLikeInjection } from './injection.ts';
import { findQuote } from './quotes.ts';

export type AnalysisDocument = NonNullable<AnalysisRun['content']>;

export interface DocumentSources {
  readonly ticket: Ticket;
  readonly messages: readonly Message[];
  readonly passages: readonly FoundPassage[];
  readonly personalData: boolean;
  readonly masked: boolean;
}

const ALREADY_SAID_MAX = 2000;

/**
 * @param parts of the model's answer; without `reading` and `reply` there is no document
 * @param dropped names of invalid parts; missing parts are added
 */
export function buildDocument(
  parts: Partial<AnalysisContent>,
  dropped: readonly string[],
  sources: DocumentSources,
): AnalysisDocument | undefined {
  const { messages, passages, ticket } = sources;
  const { reading, reply } = parts;
  if (reading === undefined && reply === undefined) return undefined;
  const checked = (parts.evidence ?? []).map((item) => checkEvidence(item, messages, passages));
  const evidence = checked.map(({ evidence: item }) => item);
  const isKnown = (id: string) => evidence.some((item) => item.id === id);
  const sentences = (reply?.sentences ?? []).map((sentence) => ({ ...sentence, ...supportOf(sentence, evidence) }));
  const missing = (['reading', 'reply', 'confidence'] as const).filter((part) => parts[part] === undefined);
  return {
    reading: reading ?? {
      summary: '',
      visitorGoal: '',
      category: 'unknown',
      alternatives: [],
      urgency: ticket.urgency,
      urgencyReason: '',
      sentiment: 'neutral',
      trend: 'steady',
      language: reply?.language ?? ticket.language ?? '',
    },
    hypotheses: (parts.hypotheses ?? []).map((item) => ({ ...item, evidence: item.evidence.filter(isKnown) })),
    evidence,
    missingInfo: parts.missingInfo ?? [],
    ...(parts.blocker === undefined || parts.blocker === '' ? {} : { blocker: parts.blocker }),
    policy: policyOf(checked.flatMap(({ passage }) => passage ?? [])),
    reply: {
      text: sentences.map(({ text }) => text.trim()).join(' '),
      language: reply?.language ?? '',
      sentences,
    },
    nextActions: parts.nextActions ?? [],
    confidence: confidenceOf(parts.confidence, evidence),
    flags: flagsOf(sources),
    dropped: [...new Set([...dropped, ...missing])],
    alreadySaid: alreadySaid(messages),
  };
}

interface Lookup {
  readonly evidence: CheckedEvidence;
  readonly passage?: FoundPassage;
}

function checkEvidence(
  item: AnalysisContent['evidence'][number],
  messages: readonly Message[],
  passages: readonly FoundPassage[],
): Lookup {
  if (item.kind === 'message') {
    const source = messages.find(({ seq }) => String(seq) === item.sourceId);
    const place = source && findQuote(item.quote, source.text);
    return { evidence: place ? { ...item, found: true, ...place } : { ...item, found: false } };
  }
  for (const passage of passages) {
    if (passage.articleId !== item.sourceId) continue;
    const place = findQuote(item.quote, passage.text);
    if (place) return { evidence: { ...item, found: true, ...place }, passage };
  }
  return { evidence: { ...item, found: false } };
}

function supportOf(
  { citations }: { citations: readonly string[] },
  evidence: readonly CheckedEvidence[],
): { supported: boolean; why?: string; whyPhrase?: Phrase } {
  if (citations.length === 0) return unsupported(phrase`This sentence cites no source.`);
  const unproven = citations.filter((id) => !evidence.some((item) => item.id === id && item.found));
  if (unproven.length === 0) return { supported: true };
  return unsupported(phrase`The quote ${unproven.join(', ')} was not found in its source.`);
}

const unsupported = (why: Phrase) => ({ supported: false, why: phraseText(why), whyPhrase: why });

function policyOf(passages: readonly FoundPassage[]): AnalysisDocument['policy'] {
  // One entry per article, for its best passage: reviewers open articles, not passages.
  const best = new Map(passages.toReversed().map((passage) => [passage.articleId, passage]));
  return [...best.values()]
    .reverse()
    .map(({ id, articleId, title, url }) => ({ articleId, title, url, passageId: id }));
}

function confidenceOf(
  stated: AnalysisContent['confidence'] | undefined,
  evidence: readonly CheckedEvidence[],
): AnalysisDocument['confidence'] {
  const { value, reasons } = stated ?? { value: 0, reasons: ['The model stated no confidence.'] };
  const unfound = evidence.filter(({ found }) => !found).length;
  // The stated confidence of a model that misquotes is capped.
  const trusted = unfound === 0 ? value : Math.min(value, 0.5);
  return {
    value: trusted,
    band: trusted < 0.4 ? 'low' : trusted < 0.75 ? 'medium' : 'high',
    reasons:
      unfound === 0 ? reasons : [...reasons, `${unfound} of ${evidence.length} quotes were not found in their source.`],
  };
}

function flagsOf({ messages, personalData, masked }: DocumentSources): AnalysisDocument['flags'] {
  const suspect = messages.some(({ from, text }) => from === 'visitor' && looksLikeInjection(text));
  return [
    ...(suspect ? (['injection-suspected'] as const) : []),
    ...(personalData ? (['personal-data'] as const) : []),
    ...(masked ? (['masked'] as const) : []),
  ];
}

function alreadySaid(messages: readonly Message[]): string {
  const answers = messages.filter(({ from, state, text }) => from === 'assistant' && state !== 'failed' && text !== '');
  return answers
    .map(({ text }) => text)
    .join('\n\n')
    .slice(-ALREADY_SAID_MAX);
}
