/** A part of a message, with the quoted passage highlighted. */
import type { Span } from '../marks.ts';

export interface MarkedTextProps {
  /** The offset of the part in its message. `span` has offsets in the message. */
  readonly at: number;
  readonly text: string;
  readonly span: Span | undefined;
}

export function MarkedText({ at, text, span }: MarkedTextProps) {
  const start = Math.max(0, (span?.start ?? 0) - at);
  const end = Math.min(text.length, (span?.end ?? 0) - at);
  if (span === undefined || start >= end) return <>{text}</>;
  return (
    <>
      {text.slice(0, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end)}
    </>
  );
}
