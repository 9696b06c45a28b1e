/**
 * Removes the indentation of MkDocs' admonitions and tabs, below their titles: `!!! note "Title"`, `??? tip`, `=== "Tab"`. Nested ones
 * too. Code in them loses its indentation, and is not searched for marks. Pure.
 */
const MARK = /^(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*(?:[ \t]+"([^"\n]*)")?[ \t]*$/;
const TAB = /^===[!+]?[ \t]+"([^"\n]*)"[ \t]*$/;
const INDENT = 4;
const FENCE = /^(`{3,}|~{3,})/;

export function atMargin(markdown: string): string {
  /** Where the texts of the open blocks begin, the outermost first. */
  const open: number[] = [];
  let fence: string | undefined;
  const lines = markdown.split(/\r?\n/).map((line) => {
    const text = line.trimStart();
    if (text === '') return '';
    const width = widthOf(line.slice(0, line.length - text.length));
    if (fence !== undefined) {
      if (text.startsWith(fence)) fence = undefined;
      return moved(text, width - (open.at(-1) ?? 0));
    }
    while (width < (open.at(-1) ?? 0)) open.pop();
    const title = (MARK.exec(text) ?? TAB.exec(text))?.[1];
    if (title !== undefined || MARK.test(text)) {
      open.push(width + INDENT);
      return `${title ?? ''}\n`;
    }
    fence = FENCE.exec(text)?.[1];
    return open.length === 0 ? line : moved(text, width - (open.at(-1) ?? 0));
  });
  return lines.join('\n');
}

const widthOf = (space: string) => space.replaceAll('\t', ' '.repeat(INDENT)).length;
const moved = (text: string, width: number) => `${' '.repeat(Math.max(0, width))}${text}`;
