/** Takes parts of a text out that lie between two marks, in time in proportion to its length even where marks are never closed. */

/** Marks of one kind. Both are global; `close` is searched for behind the end of `open`. */
export interface SpanMarks {
  readonly open: RegExp;
  readonly close: RegExp;
}

/** What is opened and never closed stays. */
export function removeSpans(text: string, { open, close }: SpanMarks): string {
  let kept = '';
  let at = 0;
  for (;;) {
    open.lastIndex = at;
    const opened = open.exec(text);
    close.lastIndex = open.lastIndex;
    if (opened === null || close.exec(text) === null) return kept + text.slice(at);
    kept += text.slice(at, opened.index);
    at = close.lastIndex;
  }
}
