/** Parses the Markdown subset that assistants and agents write. Pure. Texts keep their source offsets, so that quotes can be marked. */

export type Inline =
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  | { readonly kind: 'strong'; readonly children: readonly Inline[] }
  /** `url` is as written. The renderer decides which URLs become links. */
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] };

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  | {
      readonly kind: 'list';
      /** The first number; absent for bullets. */
      readonly start?: number;
      readonly items: readonly (readonly Inline[])[];
    };

/** A line, or its remainder after a marker, with its offset in the source. */
interface Line {
  /** Where the whole line begins, marker included. The line break is the character before. */
  readonly from: number;
  readonly at: number;
  readonly text: string;
}

const QUOTE = /^ {0,3}> ?/;
const HEADING = /^ {0,3}#{1,6} +/;
const ITEM = /^ {0,3}(?:[-*+]|(\d{1,9})[.)]) +/;
/** Bounds the recursion. Deeper quotes are shown as text. */
const DEPTH_MAX = 4;
const BARE_URL = /https?:\/\/[^\s<>()[\]"']*[^\s<>()[\]"'.,;:!?*]/y;

/** `2**3**4` is no bold text. Letters without case are not meant: Chinese or Arabic words may touch the mark. */
const WORD = /[\p{Lu}\p{Ll}\p{N}]/u;

export function readMarkdown(source: string): Block[] {
  let at = 0;
  const lines = source.split('\n').map((text) => {
    const line = { from: at, at, text: text.replace(/\r$/, '') };
    at += text.length + 1;
    return line;
  });
  return readBlocks(lines, 0);
}

/** Parses URLs only, for the texts of visitors. */
export function readLinks(source: string): Inline[] {
  const found: Inline[] = [];
  let plain = 0;
  for (const { index, 0: url } of source.matchAll(new RegExp(BARE_URL, 'g'))) {
    if (index > plain) found.push({ kind: 'text', at: plain, text: source.slice(plain, index) });
    found.push({ kind: 'link', url, children: [{ kind: 'text', at: index, text: url }] });
    plain = index + url.length;
  }
  if (plain < source.length) found.push({ kind: 'text', at: plain, text: source.slice(plain) });
  return found;
}

function readBlocks(lines: readonly Line[], depth: number): Block[] {
  const blocks: Block[] = [];
  let index = 0;
  /** Consumes lines while they belong to the current block. */
  const takeWhile = (belongs: (line: Line) => boolean): Line[] => {
    const taken: Line[] = [];
    for (let line = lines[index]; line !== undefined && belongs(line); line = lines[index]) {
      taken.push(line);
      index += 1;
    }
    return taken;
  };

  for (let line = lines[index]; line !== undefined; line = lines[index]) {
    if (line.text.trim() === '') index += 1;
    else if (QUOTE.test(line.text) && depth < DEPTH_MAX)
      blocks.push({
        kind: 'quote',
        children: readBlocks(
          takeWhile(({ text }) => QUOTE.test(text)).map((quoted) => after(QUOTE, quoted)),
          depth + 1,
        ),
      });
    else if (HEADING.test(line.text)) {
      index += 1;
      blocks.push({ kind: 'paragraph', children: [{ kind: 'strong', children: readInline(after(HEADING, line)) }] });
    } else if (ITEM.test(line.text))
      blocks.push(readList(takeWhile(({ text }) => ITEM.test(text) || /^ {2,}\S/.test(text))));
    else {
      const belongs = ({ text }: Line) => text.trim() !== '' && !startsBlock(text, depth);
      blocks.push({ kind: 'paragraph', children: joined(takeWhile(belongs)) });
    }
  }
  return blocks;
}

function startsBlock(text: string, depth: number): boolean {
  return (QUOTE.test(text) && depth < DEPTH_MAX) || HEADING.test(text) || ITEM.test(text);
}

function readList(lines: readonly Line[]): Block {
  const items: Line[][] = [];
  for (const line of lines)
    if (ITEM.test(line.text)) items.push([after(ITEM, line)]);
    else items.at(-1)?.push(after(/^ +/, line));
  const number = ITEM.exec(lines[0]?.text ?? '')?.[1];
  return { kind: 'list', ...(number === undefined ? {} : { start: Number(number) }), items: items.map(joined) };
}

/** The line without its marker. */
function after(marker: RegExp, { from, at, text }: Line): Line {
  const length = marker.exec(text)?.[0].length ?? 0;
  return { from, at: at + length, text: text.slice(length) };
}

/** Joins lines and keeps their breaks: models use single line breaks on purpose. */
function joined(lines: readonly Line[]): Inline[] {
  return lines.flatMap((line, index) => [
    ...(index === 0 ? [] : [{ kind: 'text' as const, at: line.from - 1, text: '\n' }]),
    ...readInline(line),
  ]);
}

function readInline({ at, text }: Pick<Line, 'at' | 'text'>, inLink = false, inStrong = false): Inline[] {
  const found: Inline[] = [];
  let plain = 0;
  let index = 0;
  const take = (inline: Inline, end: number) => {
    if (index > plain) found.push({ kind: 'text', at: at + plain, text: text.slice(plain, index) });
    found.push(inline);
    plain = end;
    index = end;
  };
  while (index < text.length) {
    const strong = inStrong ? undefined : strongAt(text, index);
    const link = inLink ? undefined : linkAt(text, index);
    if (strong !== undefined) {
      const inner = { at: at + index + 2, text: text.slice(index + 2, strong) };
      take({ kind: 'strong', children: readInline(inner, inLink, true) }, strong + 2);
    } else if (link !== undefined) {
      const inner = { at: at + link.from, text: text.slice(link.from, link.to) };
      take({ kind: 'link', url: link.url, children: readInline(inner, true, inStrong) }, link.end);
    } else index += 1;
  }
  if (plain < text.length) found.push({ kind: 'text', at: at + plain, text: text.slice(plain) });
  return found;
}

/** The end of the bold text that starts here, if any. */
function strongAt(text: string, index: number): number | undefined {
  if (!text.startsWith('**', index) || !/\S/.test(text[index + 2] ?? ' ')) return undefined;
  if (WORD.test(text[index - 1] ?? '')) return undefined;
  const end = text.indexOf('**', index + 3);
  return end === -1 || text[end - 1] === ' ' ? undefined : end;
}

/** The link that starts here, if any: `[text](url)` or a bare URL. */
function linkAt(text: string, index: number): { from: number; to: number; url: string; end: number } | undefined {
  if (text[index] === '[') {
    const to = text.indexOf('](', index);
    const close = to === -1 ? -1 : text.indexOf(')', to);
    if (close === -1 || to === index + 1 || text.slice(index + 1, to).includes('[')) return undefined;
    return { from: index + 1, to, url: text.slice(to + 2, close).trim(), end: close + 1 };
  }
  if (text[index] !== 'h') return undefined;
  BARE_URL.lastIndex = index;
  const url = BARE_URL.exec(text)?.[0];
  return url === undefined ? undefined : { from: index, to: index + url.length, url, end: index + url.length };
}
