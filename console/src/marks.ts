/** Finds passages in texts: quotes in the messages they come from, and unsupported sentences in a reply being edited. */
import type { AnalysisRun, CheckedEvidence } from '@firstword/shared/analysis';

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

/** Splits the reply into parts; unsupported sentences that are unchanged are parts of their own. */
export function replyParts(text: string, sentences: readonly Sentence[]): ReplyPart[] {
  const parts: ReplyPart[] = [];
  let from = 0;
  for (const sentence of sentences) {
    if (sentence.supported || sentence.text.trim() === '') continue;
    const wanted = sentence.text.trim();
    const start = text.indexOf(wanted, from);
    if (start === -1) continue;
    if (start > from) parts.push({ start: from, end: start, text: text.slice(from, start) });
    parts.push({ start, end: start + wanted.length, text: wanted, unsupported: { why: sentence.why } });
    from = start + wanted.length;
  }
  if (from < text.length) parts.push({ start: from, end: text.length, text: text.slice(from) });
  return parts;
}
