/**
 * Takes out of Markdown what only a site generator understands: MDX imports and components, shortcodes, templates,
 * admonition marks, HTML, anchors. Code is left as it is. Pure.
 */
import { z } from 'zod';
import { parseJson } from '../lib/parse-json.ts';
import { atMargin } from './indented-blocks.ts';
import { blocksOf } from './markdown-blocks.ts';
import { removeSpans, type SpanMarks } from './remove-spans.ts';

const IMPORTS = /^(?:import\s[^\n]*(?:\n[^\n]*)*?from\s+['"][^'"\n]+['"];?|import\s+['"][^'"\n]+['"];?)[ \t]*$/gm;
const EXPORTS = /^export\s+(?:const|let|var|default|function|async)\b(?:[^\n]*\n(?!\s*\n))*[^\n]*$/gm;
const COMMENTS: readonly SpanMarks[] = [
  { open: /<!--/g, close: /-->/g },
  { open: /\{\/\*/g, close: /\*\/\}/g },
];
const UNSEEN: readonly SpanMarks[] = ['script', 'style', 'svg', 'iframe', 'noscript', 'template'].map((tag) => ({
  open: new RegExp(`<${tag}\\b[^<>]*>`, 'gi'),
  close: new RegExp(`</${tag}\\s*>`, 'gi'),
}));
/** The title of a tab or a step: `{% tab title="Card" %}` of GitBook, `{{< tab header="Card" >}}` of Hugo. */
const TEMPLATE_TITLES =
  /\{(?:%-?|\{[<%])[ \t]*(?:tab|step|expand|details|accordion|admonition|notice|alert)(?:\s[^{}\n"]*?\b(?:title|header|label|name|summary)=|[ \t])"([^"\n]*)"[^{}\n]*\}\}?/g;
/** A note of Jekyll, whose text is an attribute: `{% include note.html content="…" %}`. */
const INCLUDED_TEXTS = /\{%-?[ \t]*include[ \t][^{}\n]*?\bcontent=(?:"([^"\n]*)"|'([^'\n]*)')[^{}\n]*%\}/g;
/** Hugo, Jekyll and Liquid, GitBook, Handlebars. */
const TEMPLATES: readonly SpanMarks[] = [
  { open: /\{\{[<%]/g, close: /[>%]\}\}/g },
  { open: /\{%/g, close: /%\}/g },
  { open: /\{\{/g, close: /\}\}/g },
];
/** `:::note Title`, `:::note[Title]`, `:::`; the title is text of the article. */
const CONTAINERS =
  /^[ \t]*:{3,}[ \t]*(?:\{[^}\n]*\}|[\w-]+)?[ \t]*(?:\[([^\]\n]*)\]|(?!\{)([^\n]*?))?[ \t]*(?:\{[^}\n]*\})?[ \t]*$/gm;
/** Document360: `:::(Info) (Mind the box)`. What is marked as internal is not for visitors. */
const CALLOUTS = /^[ \t]*:{3,}[ \t]*\([ \t]*(\w+)[ \t]*\)[ \t]*(?:\(([^\n]*)\))?[ \t]*$/gm;
const INTERNAL_NOTES = /^[ \t]*:{3,}[ \t]*\([ \t]*internal[ \t]*\)[\s\S]*?(?:^[ \t]*:{3,}[ \t]*$|(?![\s\S]))/gim;
/** Document360: a term whose explanation is elsewhere. */
const GLOSSARY = /\{\{[ \t]*glossary\.([^{}\n]+)\}\}/gi;
const LINK_TARGETS = /(?<=\))\{target=[`"']?_\w+[`"']?\}/g;
const ALERTS = /^([ \t]*>[ \t]*)\[!\w+\][-+]?[ \t]*/gm;
/** `{#id}`, `{: .class}` and `{ #id .class }` at the end of a line or behind a link. */
const ANCHORS = /(?<![ \t])[ \t]*\{[:#][^{}\n]*\}[ \t]*$|(?:(?<=\))|[ \t])\{[ \t]*[.#:][^{}\n]*\}(?=$|[ \t.,;:])/gm;
/** What other files and lists of headings are included by: MkDocs, VitePress, Microsoft's docs. */
const INCLUDES =
  /^[ \t]*(?:-{2}8<-{2}.*|<<<[ \t]*@?\S+|\[\[?toc\]?\]|\[!INCLUDE[ \t]*\[[^\]\n]*\]\([^)\n]*\)\]|\*\[[^\]\n]+\]:.*)[ \t]*$/gim;
/** Icons of MkDocs by name, and its marks around keys. */
const ICONS = /:(?:material|fontawesome|octicons|simple)-[\w-]+:[ \t]?/g;
const KEYS = /\+\+([\w-]+(?:\+[\w-]+)*)\+\+/g;
/** Blocks of ReadMe, written as JSON. */
const README_BLOCKS = /\[block:[\w-]+\]([\s\S]*?)\[\/block\]/g;
/** The title of a component is text of the article: `<Accordion title="How long?">`. */
const TITLES = /<[A-Z][\w.]*\s[^<>]*?\b(?:title|label|heading)=(?:"([^"]*)"|'([^']*)')[^<>]*>/g;
const HTML_TAGS =
  'a|abbr|article|aside|b|blockquote|br|button|caption|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|li|main|mark|nav|ol|p|picture|pre|q|s|samp|section|small|source|span|strong|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|u|ul|var|video';
/** HTML, and components, which have a capital or a dot. Other things in angle brackets are text, such as `<your-key>`. */
const ATTRIBUTES = '(?:\\s(?:[^<>"\'{}]|"[^"]*"|\'[^\']*\'|\\{(?:[^{}]|\\{[^{}]*\\})*\\})*)?';
const BREAKS = new RegExp(`</?(?:br|p|div|li|tr|h[1-6]|summary|table|ul|ol|hr)${ATTRIBUTES}/?>`, 'gi');
const TAGS = new RegExp(`</?(?:(?:${HTML_TAGS})|[A-Z][\\w.]*|[a-z]+\\.[\\w.]+)${ATTRIBUTES}/?>|<>|</>`, 'g');
/** Between two cells of a row. */
const CELLS = /<\/t[dh]\s*>\s*(?=<t[dh])/gi;
/** A page of the same source: its address means nothing outside it. */
const RELATIVE_LINKS =
  /(?<!!)\[([^[\]\n]*)\]\((?!https?:|mailto:|tel:|\/(?!\/))(?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"\n]*")?\)/g;
const IMAGES = /!\[([^[\]\n]*)\]\([^()\n]*\)/g;

const readmeBlock = z.object({ title: z.string().optional(), body: z.string().optional() });

export function cleanMarkdown(markdown: string): string {
  return blocksOf(atMargin(markdown.replaceAll(INTERNAL_NOTES, '')))
    .map(({ text, isCode }) => (isCode ? text : cleanText(text)))
    .join('\n')
    .replaceAll(/(?<![ \t])[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function cleanText(text: string): string {
  // Inline code holds tags and braces on purpose.
  return text
    .replaceAll(LINK_TARGETS, '')
    .split(/(`+[^`\n]+`+)/)
    .map((part, index) => (index % 2 === 1 ? part : cleanPlain(part)))
    .join('');
}

function cleanPlain(text: string): string {
  const titled = without(text, [...COMMENTS, ...UNSEEN])
    .replaceAll(IMPORTS, '')
    .replaceAll(EXPORTS, '')
    .replaceAll(TEMPLATE_TITLES, (_, title = '') => `\n${title}\n`)
    .replaceAll(INCLUDED_TEXTS, (_, quoted = '', single = '') => `\n${quoted || single}\n`)
    .replaceAll(GLOSSARY, '$1');
  return decodeEntities(
    without(titled, TEMPLATES)
      .replaceAll(INCLUDES, '')
      .replaceAll(README_BLOCKS, (_, json = '') => readmeText(json))
      .replaceAll(CALLOUTS, (_, kind: string, title = '') => (sameWord(kind, title) ? '' : title))
      .replaceAll(CONTAINERS, (_, bracketed = '', plain = '') => bracketed || plain)
      .replaceAll(ALERTS, '$1')
      .replaceAll(ANCHORS, '')
      .replaceAll(ICONS, '')
      .replaceAll(KEYS, '$1')
      .replaceAll(TITLES, (_, quoted = '', single = '') => `\n${quoted || single}\n`)
      .replaceAll(CELLS, ' | ')
      .replaceAll(BREAKS, '\n')
      .replaceAll(TAGS, '')
      .replaceAll(IMAGES, '$1')
      .replaceAll(RELATIVE_LINKS, '$1'),
  );
}

const without = (text: string, marks: readonly SpanMarks[]) => marks.reduce(removeSpans, text);

const sameWord = (one: string, other: string) => one.toLowerCase() === other.replaceAll(/[^\p{L}]/gu, '').toLowerCase();

/** The title and text of a callout; images and embedded pages have none. */
function readmeText(json: string): string {
  const { data } = readmeBlock.safeParse(parseJson(json));
  return [data?.title, data?.body].filter((text) => text !== undefined).join('\n\n');
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
