/** Reads articles from HTML: the main part of a page, without its navigation, as Markdown. */
import { NodeHtmlMarkdown } from 'node-html-markdown';
import { type HTMLElement, parse } from 'node-html-parser';
import { phrase } from '../lib/phrase.ts';
import { type Article, checkedArticle, KnowledgeError } from './article.ts';
import { idOfPath, titleOfPath } from './article-names.ts';
import { cleanMarkdown } from './clean-markdown.ts';
import { removeOtherParts } from './page-parts.ts';
import { pageTranslation } from './page-translation.ts';

const MAIN = ['main article', 'article', 'main', '[role=main]', '#main-content', '#content', '.content'];

/** HTML as Markdown, without scripts, styles and the parts around the text. */
export function htmlToMarkdown(html: string): string {
  return toMarkdown(parse(html));
}

function toMarkdown(root: HTMLElement): string {
  removeOtherParts(root);
  return cleanMarkdown(NodeHtmlMarkdown.translate(root.outerHTML, { bulletMarker: '-', ignore: ['img'] }));
}

/** @throws KnowledgeError naming the file and what is wrong with it */
export function parseHtmlArticle(html: string, path: string, urlOf: (id: string) => string): Article {
  const page = parse(html);
  if (listsSpace(page)) throw new KnowledgeError(phrase`${path}: lists the pages of a Confluence space`);
  const main = mainPart(page);
  // Confluence's export names the space before the title; the headings of its text are of the first level.
  const named = page
    .querySelector('#title-text')
    ?.text.trim()
    .replace(/^.+? : /, '');
  const heading = named ? undefined : (main.querySelector('h1') ?? page.querySelector('h1'));
  const title = named || heading?.text.trim() || page.querySelector('title')?.text.trim() || titleOfPath(path);
  heading?.remove();
  const body = toMarkdown(main);
  if (body === '') throw new KnowledgeError(phrase`${path}: has no text`);
  const canonical = page.querySelector('link[rel=canonical]')?.getAttribute('href') ?? '';
  const id = idOfPath(path);
  const url = /^https?:\/\//.test(canonical) ? canonical : urlOf(id);
  const translation = pageTranslation(page, url);
  return checkedArticle(
    { id, title: title.replaceAll(/\s+/g, ' '), body, url, ...(translation === undefined ? {} : { translation }) },
    path,
  );
}

/** The first page of Confluence's export of a space. */
const listsSpace = (page: HTMLElement) =>
  page.querySelectorAll('.pageSectionTitle').some(({ text }) => text.trim() === 'Available Pages:');

/** The part that holds the text. Of several articles it is the one with the title; a page of short ones is read whole. */
function mainPart(page: HTMLElement): HTMLElement {
  for (const selector of MAIN) {
    const found = page.querySelectorAll(selector);
    const chosen = found.length === 1 ? found[0] : found.find((part) => part.querySelector('h1') !== null);
    if (chosen !== undefined) return chosen;
  }
  return page.querySelector('body') ?? page;
}
