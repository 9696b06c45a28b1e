/** Finds text to highlight: quotes in messages, and unsupported sentences in a reply that is being edited. Pure. */
import type { AnalysisRun, CheckedEvidence } from '@firstword/shared/analysis';
import { saidText } from './texts/phrase-texts.ts';

type Sentence = NonNullable<AnalysisRun['content']>['reply']['sentences'][number];

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The position of a found quote in a text. The server's offsets are used only when they lie within the text. */
export function quoteSpan(text: string, { found, quote, start, end }: CheckedEvidence): Span | undefined {
  if (!found) return undefined;
  if (start !== undefined && end !== undefined && start < end && end <= text.length) return { start, end };
  const at = text.indexOf(quote);
  return at === -1 ? undefined : { start: at, end: at + quote.length };
}

export interface ReplyPart extends Span {
  readonly text: string;
  /** Set on a sentence that no source supports. */
  readonly unsupported?: { readonly why: string | undefined };
}

const whyOf = ({ why, whyPhrase }: Sentence) => why && saidText(whyPhrase, why);

/** Splits the reply into parts. Each unchanged unsupported sentence is a part of its own. */
export function replyParts(text: string, sentences: readonly Sentence[]): ReplyPart[] {
  const parts: ReplyPart[] = [];
  let from = 0;
  for (const sentence of sentences) {
    if (sentence.supported || sentence.text.trim() === '') continue;
    const trimmed = sentence.text.trim();
    const start = text.indexOf(trimmed, from);
    if (start === -1) continue;
    if (start > from) parts.push({ start: from, end: start, text: text.slice(from, start) });
    parts.push({ start, end: start + trimmed.length, text: trimmed, unsupported: { why: whyOf(sentence) } });
    from = start + trimmed.length;
  }
  if (from < text.length) parts.push({ start: from, end: text.length, text: text.slice(from) });
  return parts;
}
