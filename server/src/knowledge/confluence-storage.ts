/** Turns the storage format of Confluence, which is XML with macros, into plain HTML. Pure. */
import { type HTMLElement, parse } from 'node-html-parser';
import { escapeHtml } from '../lib/html-text.ts';

/** Bodies of these are code. */
const CODE_MACROS = new Set(['code', 'noformat', 'code-block', 'markdown', 'sql', 'paste-code-macro']);
/** Their text stays where it is, and it is a parameter. */
const LABEL_MACROS = new Set(['status']);
/** What tells the editor something, and nothing to a reader. A mention holds the id of an account. */
const UNSEEN = 'ac-placeholder, ac-task-id, ac-task-uuid, ac-task-status, ac-parameter, ri-user, ac-adf-attribute';
/** Of the same meaning in HTML. Renamed, because parsing what is nested again takes too long where an export nests a lot. */
const HTML_NAMES: Readonly<Record<string, string>> = {
  'ac-layout, ac-layout-section, ac-layout-cell, ac-rich-text-body, ac-adf-content, ac-adf-fallback': 'div',
  'ac-task-list': 'ul',
  'ac-task': 'li',
  'ac-task-body': 'span',
};

export function storageToHtml(storage: string): string {
  const root = parse(withPlainNames(withEscapedCode(storage)), { preserveTagNesting: true });
  // The inner ones first, so that a macro holds HTML by the time it is replaced.
  const replace = (selector: string, contentOf: (element: HTMLElement) => readonly (HTMLElement | string)[]) => {
    for (const element of root.querySelectorAll(selector).reverse()) element.replaceWith(...contentOf(element));
  };
  replace('ac-link', (link) => [linkHtml(link)]);
  replace('ac-image', (image) => [image.querySelector('ac-caption')?.innerHTML ?? '']);
  replace('ac-emoticon', (emoticon) => [emoticon.getAttribute('ac-emoji-fallback') ?? '']);
  replace('time', (time) => [time.innerHTML.trim() || (time.getAttribute('datetime') ?? '')]);
  replace('ac-structured-macro, ac-macro', macroContent);
  replace('ac-adf-extension', adfContent);
  replace(UNSEEN, () => []);
  for (const [selector, name] of Object.entries(HTML_NAMES))
    for (const element of root.querySelectorAll(selector)) element.tagName = name;
  return root.innerHTML;
}

/** CDATA holds text, and HTML has no such thing. */
const withEscapedCode = (storage: string) =>
  storage.replaceAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, text: string) => escapeHtml(text));

/** Selectors read the colon of `ac:link` as a pseudo-class. */
const withPlainNames = (storage: string) =>
  storage.replaceAll(/<[^<>]+>/g, (tag) => tag.replaceAll(/(?<=[</\s])(ac|ri|at):(?=[\w-])/g, '$1-'));

const childOf = (element: HTMLElement, tag: string) =>
  element.children.find(({ rawTagName }) => rawTagName.toLowerCase() === tag);
const parameterOf = (macro: HTMLElement, name: string) =>
  macro.children.find((child) => child.rawTagName === 'ac-parameter' && (child.getAttribute('ac-name') ?? '') === name)
    ?.innerHTML ?? '';

function macroContent(macro: HTMLElement): (HTMLElement | string)[] {
  const name = macro.getAttribute('ac-name') ?? '';
  const title = parameterOf(macro, 'title');
  if (LABEL_MACROS.has(name)) return [title];
  const heading = title === '' ? [] : [`<p><strong>${title}</strong></p>`];
  const text = childOf(macro, 'ac-plain-text-body');
  if (text !== undefined) return [...heading, textHtml(name, text, parameterOf(macro, 'language'))];
  const rich = childOf(macro, 'ac-rich-text-body');
  // Without a body it draws what is elsewhere: a list of pages, attachments, another page.
  return rich === undefined ? [] : [...heading, rich];
}

function textHtml(name: string, body: HTMLElement, language: string): string {
  if (name === 'html') return body.text;
  if (!CODE_MACROS.has(name)) return `<p>${body.innerHTML}</p>`;
  const kind = /^[\w+#-]+$/.test(language) ? ` class="language-${language}"` : '';
  return `<pre><code${kind}>${body.innerHTML.replace(/^\r?\n/, '')}</code></pre>`;
}

/** What the new editor writes: the same as HTML for older readers, or its own blocks. */
function adfContent(extension: HTMLElement): HTMLElement[] {
  const content = extension.querySelector('ac-adf-fallback') ?? extension.querySelector('ac-adf-content');
  return content === null ? [] : [content];
}

/** A page or an attachment of Confluence has no address here, so its link becomes text. */
function linkHtml(link: HTMLElement): string {
  const body = (childOf(link, 'ac-link-body') ?? childOf(link, 'ac-plain-text-link-body'))?.innerHTML ?? '';
  const url = childOf(link, 'ri-url')?.getAttribute('ri-value') ?? '';
  const named = childOf(link, 'ri-page') ?? childOf(link, 'ri-blog-post') ?? childOf(link, 'ri-attachment');
  const name = named?.getAttribute('ri-content-title') ?? named?.getAttribute('ri-filename') ?? '';
  const text = body || escapeHtml(name || url);
  return url === '' ? text : `<a href="${escapeHtml(url)}">${text}</a>`;
}
