/** Reads articles from what help desks export: JSON, JSON lines and CSV, with the field names of the usual vendors. */
import { parse as parseCsv } from 'csv-parse/sync';
import { parseJson } from '../lib/parse-json.ts';
import { type Article, checkedArticle, KnowledgeError, type ReadArticles } from './article.ts';
import { idOf } from './article-names.ts';
import { cleanMarkdown } from './clean-markdown.ts';
import { fieldText, fieldWords } from './field-text.ts';
import { htmlToMarkdown } from './html-article.ts';

type Row = Readonly<Record<string, unknown>>;

/** The first existing name is used. Zendesk: `html_url`, `label_names`; Intercom: `state`; FAQ lists: `question`, `answer`. */
const NAMES = {
  id: ['id', 'article_id', 'slug', 'uuid', 'key'],
  title: ['title', 'name', 'question', 'subject', 'heading'],
  body: ['body', 'content', 'html', 'body_html', 'answer', 'text', 'markdown', 'description', 'solution'],
  url: ['html_url', 'url', 'link', 'permalink', 'public_url', 'href'],
  category: ['category', 'section', 'section_name', 'folder'],
  keywords: ['keywords', 'label_names', 'tags', 'labels'],
} as const;
/** Where exports keep the list. */
const LISTS = [
  'articles',
  'data',
  'items',
  'results',
  'entries',
  'pages',
  'docs',
  'documents',
  'faqs',
  'records',
  'list',
];
const HTML = /<(?:p|br|div|ul|ol|li|h[1-6]|strong|em|a|table|span|img|b|i)\b[^>]*>/i;

/** A whole JSON text: a list, an object that holds one, or a single article; otherwise one object a line. */
export function parseJsonArticles(source: string, path: string, urlOf: (id: string) => string): ReadArticles {
  const json = parseJson(source);
  if (json === undefined || (isRow(json) && !source.includes('\n') && listIn(json) === undefined))
    return parseJsonLines(source, path, urlOf);
  const rows = Array.isArray(json) ? json : isRow(json) ? (listIn(json) ?? [json]) : [json];
  return readRows(
    rows.map((row: unknown, index) => ({ row, place: rows.length === 1 ? path : `${path}, entry ${index + 1}` })),
    urlOf,
  );
}

export function parseJsonLines(source: string, path: string, urlOf: (id: string) => string): ReadArticles {
  const lines = source.split('\n').map((line, index) => ({ line, place: `${path}:${index + 1}` }));
  return readRows(
    lines.filter(({ line }) => line.trim() !== '').map(({ line, place }) => ({ row: parseJson(line), place })),
    urlOf,
  );
}

/** A table with a line of column names. */
export function parseCsvArticles(source: string, path: string, urlOf: (id: string) => string): ReadArticles {
  let rows: readonly unknown[];
  try {
    const delimiter = /^[^\n]*\t/.test(source) ? '\t' : /^[^\n,]*;/.test(source) ? ';' : ',';
    rows = parseCsv(source, {
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    throw new KnowledgeError(`${path}: is not a readable table (${error instanceof Error ? error.message : error})`);
  }
  // The names are row 1.
  return readRows(
    rows.map((row, index) => ({ row, place: `${path}, row ${index + 2}` })),
    urlOf,
  );
}

function readRows(
  rows: readonly { readonly row: unknown; readonly place: string }[],
  urlOf: (id: string) => string,
): ReadArticles {
  const articles: Article[] = [];
  const skipped: string[] = [];
  for (const { row, place } of rows)
    try {
      articles.push(readRow(row, place, urlOf));
    } catch (error) {
      if (!(error instanceof KnowledgeError)) throw error;
      skipped.push(error.message);
    }
  return { articles, skipped };
}

function readRow(row: unknown, place: string, urlOf: (id: string) => string): Article {
  if (!isRow(row)) throw new KnowledgeError(`${place}: expected a JSON object`);
  if (row['draft'] === true || row['state'] === 'draft' || row['status'] === 'draft' || row['published'] === false)
    throw new KnowledgeError(`${place}: is a draft`);
  const value = (names: readonly string[]) =>
    names.map((name) => fieldText(row[name])).find((found) => found !== undefined);
  const title = value(NAMES.title) ?? '';
  const id = idOf(value(NAMES.id) ?? title);
  const text = value(NAMES.body) ?? '';
  const body = HTML.test(text) ? htmlToMarkdown(text) : cleanMarkdown(text);
  if (body === '') throw new KnowledgeError(`${place}: has no text`);
  const keywords = NAMES.keywords.map((name) => row[name]).find((found) => found !== undefined && found !== null);
  return checkedArticle(
    {
      id,
      title: HTML.test(title) ? htmlToMarkdown(title) : title,
      body,
      url: value(NAMES.url) ?? urlOf(id),
      category: value(NAMES.category) ?? '',
      keywords: fieldWords(keywords),
    },
    place,
  );
}

function listIn(json: Row): readonly unknown[] | undefined {
  for (const name of LISTS) {
    const found = json[name];
    if (Array.isArray(found)) return found;
    if (isRow(found)) return listIn(found);
  }
  return undefined;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
