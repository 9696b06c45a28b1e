/** Turns an article's Markdown into HTML with section anchors, scrollable tables and links between articles. */
import { escapeHtml } from '@firstword/server/lib/html-text';
import MarkdownIt from 'markdown-it';
import type { Article } from './article-files.ts';
import { type Html, trusted } from './html.ts';

export interface ArticleSection {
  readonly id: string;
  readonly title: string;
}

export interface RenderedArticle {
  readonly body: Html;
  readonly sections: readonly ArticleSection[];
}

export type ArticleRenderer = (article: Article) => RenderedArticle;

export function createArticleRenderer(articles: readonly Article[]): ArticleRenderer {
  const markdown = new MarkdownIt({ html: false, linkify: false });
  markdown.renderer.rules['table_open'] = (_tokens, _index, _options, env) =>
    `<div class="table" role="region" tabindex="0" aria-label="${escapeHtml(`Table in ${env?.['title'] ?? 'this article'}`)}"><table>`;
  markdown.renderer.rules['table_close'] = () => '</table></div>';
  markdown.renderer.rules['th_open'] = () => '<th scope="col">';

  return (article) => {
    const sections: ArticleSection[] = [];
    const env = { title: article.title };
    const tokens = markdown.parse(linkTitles(article, articles), env);
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'heading_open') continue;
      const title = tokens[index + 1]?.content ?? '';
      const id = sectionId(title);
      token.attrSet('id', id);
      sections.push({ id, title });
    }
    return { body: trusted(markdown.renderer.render(tokens, markdown.options, env)), sections };
  };
}

/** Articles refer to each other by title in quotation marks. Makes these links. */
function linkTitles(article: Article, articles: readonly Article[]): string {
  return articles.reduce(
    (text, { id, title }) => (id === article.id ? text : text.replaceAll(`"${title}"`, `[${title}](/help/${id})`)),
    article.body,
  );
}

function sectionId(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The first sentence or two, as plain text, for lists and page descriptions. */
export function articleSummary({ body }: Article, characters: number): string {
  const paragraph = body.split(/\n{2,}/).find((block) => /^[A-Z]/.test(block)) ?? '';
  const plain = paragraph.replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim();
  if (plain.length <= characters) return plain;
  return `${plain.slice(0, plain.lastIndexOf(' ', characters))} …`;
}
