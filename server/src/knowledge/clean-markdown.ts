/**
 * Takes out of Markdown what only a site generator understands: MDX imports and components, shortcodes, templates,
 * admonition marks, HTML, anchors. Code is left as it is. Pure.
 */
import { blocksOf } from './markdown-blocks.ts';

const IMPORTS = /^(?:import\s[^\n]*(?:\n[^\n]*)*?from\s+['"][^'"\n]+['"];?|import\s+['"][^'"\n]+['"];?)[ \t]*$/gm;
const EXPORTS = /^export\s+(?:const|let|var|default|function|async)\b(?:[^\n]*\n(?!\s*\n))*[^\n]*$/gm;
const COMMENTS = /<!--[\s\S]*?-->|\{\/\*[\s\S]*?\*\/\}/g;
const UNSEEN = /<(script|style|svg|iframe|noscript|template)\b[^>]*>[\s\S]*?<\/\1\s*>/gi;
/** Hugo, Jekyll and Liquid, GitBook, Handlebars. */
const TEMPLATES = /\{\{[<%][\s\S]*?[>%]\}\}|\{%-?[\s\S]*?-?%\}|\{\{[\s\S]*?\}\}/g;
/** `:::note Title`, `:::note[Title]`, `:::`; the title is text of the article. */
const CONTAINERS =
  /^[ \t]*:{3,}[ \t]*(?:\{[^}\n]*\}|[\w-]+)?[ \t]*(?:\[([^\]\n]*)\]|(?!\{)([^\n]*?))?[ \t]*(?:\{[^}\n]*\})?[ \t]*$/gm;
/** `!!! note "Title"` of MkDocs, with an indented text. */
const ADMONITIONS =
  /^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+"([^"\n]*)")?[ \t]*\n((?:(?: {4}|\t)[^\n]*\n?|[ \t]*\n)*)/gm;
const ALERTS = /^([ \t]*>[ \t]*)\[!\w+\][-+]?[ \t]*/gm;
const ANCHORS = /[ \t]*\{[:#][^}\n]*\}[ \t]*$/gm;
/** The title of a component is text of the article: `<Accordion title="How long?">`. */
const TITLES = /<[A-Z][\w.]*\s[^<>]*?\b(?:title|label|heading)=(?:"([^"]*)"|'([^']*)')[^<>]*>/g;
const HTML_TAGS =
  'a|abbr|article|aside|b|blockquote|br|button|caption|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|li|main|mark|nav|ol|p|picture|pre|q|s|samp|section|small|source|span|strong|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|u|ul|var|video';
/** HTML, and components, which have a capital or a dot. Other things in angle brackets are text, such as `<your-key>`. */
const ATTRIBUTES = '(?:\\s(?:[^<>"\'{}]|"[^"]*"|\'[^\']*\'|\\{(?:[^{}]|\\{[^{}]*\\})*\\})*)?';
const BREAKS = new RegExp(`</?(?:br|p|div|li|tr|h[1-6]|summary|table|ul|ol|hr)${ATTRIBUTES}/?>`, 'gi');
const TAGS = new RegExp(`</?(?:(?:${HTML_TAGS})|[A-Z][\\w.]*|[a-z]+\\.[\\w.]+)${ATTRIBUTES}/?>|<>|</>`, 'g');
/** A page of the same source: its address means nothing outside it. */
const RELATIVE_LINKS = /(?<!!)\[([^\]\n]*)\]\((?!https?:|mailto:|tel:|\/(?!\/))[^()\s]*(?:\s+"[^"\n]*")?\)/g;
const IMAGES = /!\[([^\]\n]*)\]\([^()\n]*\)/g;

export function cleanMarkdown(markdown: string): string {
  return blocksOf(markdown)
    .map(({ text, isCode }) => (isCode ? text : cleanText(text)))
    .join('\n')
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function cleanText(text: string): string {
  // Inline code holds tags and braces on purpose.
  return text
    .split(/(`+[^`\n]+`+)/)
    .map((part, index) => (index % 2 === 1 ? part : cleanPlain(part)))
    .join('');
}

function cleanPlain(text: string): string {
  return decodeEntities(
    text
      .replaceAll(COMMENTS, '')
      .replaceAll(UNSEEN, '')
      .replaceAll(IMPORTS, '')
      .replaceAll(EXPORTS, '')
      .replaceAll(TEMPLATES, '')
      .replaceAll(CONTAINERS, (_, bracketed = '', plain = '') => bracketed || plain)
      .replaceAll(ADMONITIONS, (_, title = '', body = '') => `${title}\n\n${body.replaceAll(/^(?: {4}|\t)/gm, '')}\n`)
      .replaceAll(ALERTS, '$1')
      .replaceAll(ANCHORS, '')
      .replaceAll(TITLES, (_, quoted = '', single = '') => `\n${quoted || single}\n`)
      .replaceAll(BREAKS, '\n')
      .replaceAll(TAGS, '')
      .replaceAll(IMAGES, '$1')
      .replaceAll(RELATIVE_LINKS, '$1'),
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  rarr: '→',
  copy: '©',
};

/** Twice, because exports escape what was escaped before (`&amp;#x20;`). */
function decodeEntities(text: string): string {
  return decodeOnce(decodeOnce(text));
}

function decodeOnce(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
