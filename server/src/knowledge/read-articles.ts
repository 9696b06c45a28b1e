/** Reads one file of any supported kind, or a whole folder of them. An invalid file doesn't affect the others. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { Phrase } from '@firstword/shared/phrase';
import { decodeText } from '../lib/decode-text.ts';
import { phrase } from '../lib/phrase.ts';
import { type Article, KnowledgeError, type ReadArticles } from './article.ts';
import { document360Article, splitDocument360File } from './document360-file.ts';
import { parseCsvArticles, parseJsonArticles, parseJsonLines } from './export-articles.ts';
import { parseHtmlArticle } from './html-article.ts';
import { parseArticle } from './markdown-article.ts';
import { type PathTranslation, translationsOfPaths, withPathTranslation } from './path-translations.ts';
import { parsePdfArticle } from './pdf-article.ts';

export const ARTICLE_FILES = '.md, .mdx, .html, .pdf, .txt, .csv, .json or .jsonl';

/** Larger files are no articles. */
const FILE_MAX_BYTES = 64 * 1024 * 1024;
export const isTooLarge = (bytes: number) => bytes > FILE_MAX_BYTES;
export const TOO_LARGE = phrase`is larger than ${FILE_MAX_BYTES / 1024 / 1024} MB`;
/** Folders that hold no articles. */
const OTHER_FOLDERS = new Set(['node_modules', 'vendor', 'dist', 'build']);
/** Files at the top of a repository that describe it. */
const ABOUT_THE_FOLDER =
  /^(?:readme|summary|license|licence|contributing|code_of_conduct|changelog|security|authors|maintainers|agents|claude)\.\w+$/i;
/** Settings of tools, which would read as articles with a name and a description, and Document360's list of its other files. */
const SETTINGS =
  /(?:^|\/)(?:package|package-lock|composer|tsconfig[\w.-]*|docs|mint|book|openapi|swagger|sidebars?|versions?|vercel|netlify|renovate|_meta|_category_)\.json$|_categor(?:y|ies)_articles\.json$|(?:^|\/)i18n\/.*\.json$/i;

/** Docusaurus' copies of the articles of former versions, in each language; the current ones are in `docs` and `current`. */
const OLDER_VERSION = /(?:^|\/)(?:versioned_docs|docusaurus-plugin-content-docs)\/version-[^/]+\//;

/** The page of an article that names none. */
type UrlOf = (id: string) => string;
const noUrl: UrlOf = () => '';

/**
 * @param path names the file in messages and, without an id of its own, the article
 * @param translation what the paths of the other files say
 */
export async function readArticleFile(
  bytes: Uint8Array,
  path: string,
  urlOf: UrlOf = noUrl,
  translation?: PathTranslation,
): Promise<ReadArticles> {
  try {
    const { articles, skipped } = await parse(bytes, path, urlOf);
    const [article] = articles;
    const isTranslated = translation !== undefined && articles.length === 1 && article?.translation === undefined;
    return { articles: isTranslated && article ? [withPathTranslation(article, translation)] : articles, skipped };
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    return { articles: [], skipped: [error.phrase] };
  }
}

async function parse(bytes: Uint8Array, path: string, urlOf: UrlOf): Promise<ReadArticles> {
  if (isPdf(bytes) || extname(path).toLowerCase() === '.pdf') return parsePdfArticle(bytes, path, urlOf);
  const text = decodeText(bytes).replace(/^\uFEFF/, '');
  const kind = kindOf(text, path);
  const exported = kind === 'html' || kind === 'markdown' ? splitDocument360File(text) : undefined;
  if (exported !== undefined) return one(document360Article(exported, kind === 'html', path, urlOf));
  switch (kind) {
    case 'json':
      return parseJsonArticles(text, path, urlOf);
    case 'jsonl':
      return parseJsonLines(text, path, urlOf);
    case 'csv':
      return parseCsvArticles(text, path, urlOf);
    case 'html':
      return one(parseHtmlArticle(text, path, urlOf));
    case 'markdown':
      return one(parseArticle(text, path, urlOf));
  }
}

const one = (article: Article): ReadArticles => ({ articles: [article], skipped: [] });

type Kind = 'markdown' | 'html' | 'json' | 'jsonl' | 'csv';
const KINDS = new Map<string, Kind>([
  ['.md', 'markdown'],
  ['.mdx', 'markdown'],
  ['.markdown', 'markdown'],
  ['.txt', 'markdown'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.xhtml', 'html'],
  ['.json', 'json'],
  ['.jsonl', 'jsonl'],
  ['.ndjson', 'jsonl'],
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
]);

/** By the extension; a file or address without one by how it begins. */
function kindOf(text: string, path: string): Kind {
  const known = KINDS.get(extname(path).toLowerCase());
  if (known !== undefined) return known;
  if (/^\s*<(?:!doctype|html|head|body)/i.test(text)) return 'html';
  return /^\s*[{[]/.test(text) ? 'json' : 'markdown';
}

const isPdf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
const EXTENSIONS = new Set(['.pdf', ...KINDS.keys()]);
const isArticleFile = (name: string) => EXTENSIONS.has(extname(name).toLowerCase());

/** Paths of the files that may hold articles, nested, in order, and how many others there are. */
export async function listArticleFiles(folder: string): Promise<{ files: string[]; others: number }> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files: string[] = [];
  let others = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep);
    if (path.slice(0, -1).some((part) => part.startsWith('.') || OTHER_FOLDERS.has(part))) continue;
    const name = path.join('/');
    if (isArticleFile(entry.name) && !entry.name.startsWith('.') && !SETTINGS.test(name)) files.push(name);
    else others += 1;
  }
  return { files: files.sort(), others };
}

/** Why a file of a folder is left out unread; undefined where it is to be read. */
export function whyLeftOut(path: string, bytes: Uint8Array): Phrase | undefined {
  if (isTooLarge(bytes.length)) return phrase`${path}: ${TOO_LARGE}`;
  if (ABOUT_THE_FOLDER.test(path) && !/^(?:---|\+\+\+)/.test(decodeText(bytes.subarray(0, 8))))
    return phrase`${path}: is about the folder. Give it front matter to import it.`;
  if (OLDER_VERSION.test(path)) return phrase`${path}: is of another version. To answer from it, import its folder.`;
  return undefined;
}

/** What is said of the other files of a folder; undefined when there are none. */
export function othersLeftOut(others: number): Phrase | undefined {
  if (others === 0) return undefined;
  return others === 1
    ? phrase`1 other file: not ${ARTICLE_FILES}`
    : phrase`${others} other files: not ${ARTICLE_FILES}`;
}

export async function readArticleFolder(folder: string, urlOf: UrlOf = noUrl): Promise<ReadArticles> {
  const articles: Article[] = [];
  const skipped: Phrase[] = [];
  const { files, others } = await listArticleFiles(folder);
  const translations = translationsOfPaths(files);
  for (const path of files) {
    const bytes = await readFile(join(folder, path));
    const leftOut = whyLeftOut(path, bytes);
    if (leftOut !== undefined) {
      skipped.push(leftOut);
      continue;
    }
    const read = await readArticleFile(bytes, path, urlOf, translations.get(path));
    articles.push(...read.articles);
    skipped.push(...read.skipped);
  }
  const othersText = othersLeftOut(others);
  return { articles, skipped: othersText === undefined ? skipped : [...skipped, othersText] };
}
