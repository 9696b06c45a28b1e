/** Reads articles from what help desks export: JSON, JSON lines and CSV, with the field names of the usual vendors. */
import type { Phrase } from '@firstword/shared/phrase';
import { parse as parseCsv } from 'csv-parse/sync';
import { parseJson } from '../lib/parse-json.ts';
import { phrase } from '../lib/phrase.ts';
import { type Article, checkedArticle, KnowledgeError, type ReadArticles } from './article.ts';
import { idOf } from './article-names.ts';
import { cleanMarkdown } from './clean-markdown.ts';
import { confluenceRow, wikiOf } from './confluence-rows.ts';
import { document360Rows } from './document360-rows.ts';
import { fieldsOf, isRow, type Row } from './export-row.ts';
import { fieldText, fieldWords } from './field-text.ts';
import { htmlToMarkdown } from './html-article.ts';
import { type LanguageRow, languageRows } from './row-languages.ts';
import { sharedIds } from './shared-ids.ts';

/** The columns of FAQ tables in other languages. */
const FOREIGN = {
  question: ['frage', 'pregunta', 'pergunta', 'domanda', 'vraag', 'pytanie', 'soru', '質問', '问题', 'سؤال'],
  answer: ['antwort', 'reponse', 'respuesta', 'resposta', 'risposta', 'antwoord', 'odpowiedz', 'cevap', '回答', '答案'],
  title: ['titel', 'titre', 'titulo', 'titolo', 'tytul', 'baslik', 'タイトル', '标题'],
  text: ['inhalt', 'contenu', 'contenido', 'conteudo', 'contenuto', 'inhoud', 'tresc', 'icerik', '本文', '内容'],
} as const;

/**
 * The first existing name is used, however it is written: `Article Title` of a table is `title`. Zendesk: `html_url`, `label_names`;
 * Help Scout: `publicUrl`; Document360: `html_content`; FAQ lists: `question`, `answer`.
 */
const NAMES = {
  id: ['id', 'slug', 'uuid', 'key'],
  title: ['title', 'name', 'question', 'subject', 'heading', ...FOREIGN.question, ...FOREIGN.title],
  body: [
    ...['body', 'htmlcontent', 'content', 'html', 'bodyhtml', 'answer', 'text', 'markdown', 'description', 'solution'],
    ...[...FOREIGN.answer, ...FOREIGN.text],
  ],
  url: ['htmlurl', 'publicurl', 'url', 'link', 'permalink', 'href'],
  category: ['category', 'sectionname', 'section', 'folder'],
  keywords: ['keywords', 'labelnames', 'tags', 'labels'],
} as const;
/** Says in Zendesk, Intercom, Help Scout, WordPress and others that readers don't see it. */
const UNPUBLISHED =
  /^(?:draft|notpublished|unpublished|private|internal|archived|trash|trashed|historical|pending|future|deleted|unlisted)$/;
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
const ENTITY = /&(?:#\d+|#x[\da-f]+|[a-z]+);/i;
const HTML = /<(?:p|br|div|ul|ol|li|h[1-6]|strong|em|a|table|span|img|b|i)\b[^>]*>/i;

/** A whole JSON text: a list, an object that holds one, or a single article; otherwise one object a line. */
export function parseJsonArticles(source: string, path: string, urlOf: (id: string) => string): ReadArticles {
  const json = parseJson(source);
  const own = document360Rows(json, path);
  const isLine = isRow(json) && !source.includes('\n') && listIn(json) === undefined;
  if (own === undefined && (json === undefined || isLine)) return parseJsonLines(source, path, urlOf);
  const rows = own ?? (Array.isArray(json) ? json : isRow(json) ? (listIn(json) ?? [json]) : [json]);
  return readRows(
    rows.map((row: unknown, index) => ({ row, place: rows.length === 1 ? path : `${path}, entry ${index + 1}` })),
    urlOf,
    wikiOf(json),
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
    // Excel may name the delimiter in a line of its own.
    const [named, delimiter = delimiterOf(source)] = /^sep=([^\n])\r?\n/i.exec(source) ?? [''];
    rows = parseCsv(source.slice(named.length), {
      columns: true,
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KnowledgeError(phrase`${path}: is not a readable table (${reason})`);
  }
  // The names are row 1.
  return readRows(
    rows.map((row, index) => ({ row, place: `${path}, row ${index + 2}` })),
    urlOf,
  );
}

/** Of the column names, the one that separates the most; their quoted parts don't count. */
function delimiterOf(source: string): string {
  const [names = ''] = source.replace(/^\uFEFF/, '').split('\n', 1);
  const bare = names.replaceAll(/"[^"]*"/g, '');
  const [best] = [',', ';', '\t', '|'].sort((one, other) => bare.split(other).length - bare.split(one).length);
  return best ?? ',';
}

function readRows(
  rows: readonly { readonly row: unknown; readonly place: string }[],
  urlOf: (id: string) => string,
  wiki?: string,
): ReadArticles {
  const articles: Article[] = [];
  const skipped: Phrase[] = [];
  const attempt = <Result>(read: () => Result): Result | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof KnowledgeError)) throw error;
      skipped.push(error.phrase);
      return undefined;
    }
  };
  const shared = sharedIds(rows.map(({ row }) => row));
  for (const { row, place } of rows) {
    const inLanguages = attempt(() => {
      if (!isRow(row)) throw new KnowledgeError(phrase`${place}: expected a JSON object`);
      const ids = shared.get(row);
      if (ids?.isFallback) throw new KnowledgeError(phrase`${place}: is not translated`);
      return languageRows(confluenceRow(row, place, wiki) ?? row, ids);
    });
    for (const languageRow of inLanguages ?? []) {
      const article = attempt(() => readRow(languageRow, place, urlOf));
      if (article !== undefined) articles.push(article);
    }
  }
  return { articles, skipped };
}

function readRow({ row, locale, translation }: LanguageRow, rowPlace: string, urlOf: (id: string) => string): Article {
  const place = locale === undefined ? rowPlace : `${rowPlace}, ${locale}`;
  const fields = fieldsOf(row);
  if (isUnpublished(fields)) throw new KnowledgeError(phrase`${place}: is a draft`);
  const value = (names: readonly string[]) =>
    names.map((name) => fieldText(fields.get(name))).find((found) => found !== undefined);
  const title = value(NAMES.title) ?? '';
  const id = idOf([value(NAMES.id) ?? title, ...(locale === undefined ? [] : [locale])].join('-'));
  const text = value(NAMES.body) ?? '';
  const body = HTML.test(text) ? htmlToMarkdown(text) : cleanMarkdown(text);
  if (body === '') throw new KnowledgeError(phrase`${place}: has no text`);
  const keywords = NAMES.keywords
    .map((name) => fields.get(name))
    .find((found) => found !== undefined && found !== null);
  return checkedArticle(
    {
      id,
      title: HTML.test(title) || ENTITY.test(title) ? htmlToMarkdown(title) : title,
      body,
      url: value(NAMES.url) ?? urlOf(id),
      category: value(NAMES.category) ?? '',
      keywords: fieldWords(keywords),
      ...(translation === undefined ? {} : { translation }),
    },
    place,
  );
}

function isUnpublished(fields: ReadonlyMap<string, unknown>): boolean {
  const flag = (name: string) => String(fields.get(name) ?? '').toLowerCase();
  const says = (names: readonly string[], value: string) => names.some((name) => flag(name) === value);
  return (
    says(['draft', 'isdraft', 'deleted', 'archived', 'hidden', 'isprivate'], 'true') ||
    says(['published', 'ispublished'], 'false') ||
    // Freshdesk and Document360 number their states.
    (fields.has('folderid') && flag('status') === '1') ||
    (fields.has('publicversion') && (flag('status') === '0' || Number(flag('securityvisibility')) > 0)) ||
    ['state', 'status', 'visibility', 'visibilitystatus'].some((name) =>
      UNPUBLISHED.test(flag(name).replaceAll(/[^a-z]/g, '')),
    )
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
