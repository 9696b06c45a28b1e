/** Tells the fenced code of Markdown from its text, so that neither a heading nor a cut is found inside it. Pure. */

export interface MarkdownBlock {
  readonly text: string;
  readonly isCode: boolean;
}

/** In a list its code is indented. A line such as ```x``` is code inside a text. */
const FENCE = /^[ \t]*(?:(`{3,})[^`\n]*|(~{3,}).*)$/;

/** In order; joined with line ends they are the text again. A fence without an end lasts to the end of the text. */
export function blocksOf(markdown: string): MarkdownBlock[] {
  const blocks: { lines: string[]; isCode: boolean }[] = [];
  let fence: string | undefined;
  for (const line of markdown.split(/\r?\n/)) {
    const found = FENCE.exec(line);
    const mark = found?.[1] ?? found?.[2];
    const opens = fence === undefined && mark !== undefined;
    const last = blocks.at(-1);
    if (opens || last === undefined || last.isCode !== (fence !== undefined))
      blocks.push({ lines: [line], isCode: opens });
    else last.lines.push(line);
    if (opens) fence = mark;
    else if (fence !== undefined && isEnd(line, fence)) fence = undefined;
  }
  return blocks.map(({ lines, isCode }) => ({ text: lines.join('\n'), isCode }));
}

function isEnd(line: string, fence: string): boolean {
  const mark = line.trim();
  return mark.length >= fence.length && mark === (fence[0] ?? '').repeat(mark.length);
}
