/** Reads an article from a Markdown or MDX file, with or without front matter. */
import { FrontMatterError, splitFrontMatter } from '../lib/front-matter.ts';
import { phrase } from '../lib/phrase.ts';
import { type Article, checkedArticle, KnowledgeError } from './article.ts';
import { idOf, idOfPath, titleOfPath } from './article-names.ts';
import { cleanMarkdown } from './clean-markdown.ts';
import { fieldText, fieldWords } from './field-text.ts';
import { blocksOf } from './markdown-blocks.ts';

/**
 * Without an `id` the path is the id; without a `title` the first heading is, or the file's name.
 * @param path relative to the source's folder, with slashes
 * @param urlOf the page of an article that names none
 * @throws KnowledgeError naming the file and what is wrong with it
 */
export function parseArticle(source: string, path: string, urlOf: (id: string) => string): Article {
  const { fields, body } = split(source, path);
  const text = (name: string) => fieldText(fields.get(name));
  // YAML is read as text, TOML has flags.
  if (String(fields.get('draft')) === 'true' || String(fields.get('published')) === 'false')
    throw new KnowledgeError(phrase`${path}: is a draft`);
  if (String(fields.get('hidden')) === 'true') throw new KnowledgeError(phrase`${path}: is hidden`);
  const clean = cleanMarkdown(body);
  const heading = firstHeading(clean);
  const title = text('title') ?? text('linkTitle') ?? heading?.text ?? titleOfPath(path);
  const id = idOf(text('id') ?? idOfPath(path));
  const content = heading !== undefined && sameTitle(heading.text, title) ? heading.rest : clean;
  if (content.trim() === '') throw new KnowledgeError(phrase`${path}: has no text`);
  return checkedArticle(
    {
      id,
      title,
      category: text('category') ?? '',
      keywords: fieldWords(fields.get('keywords') ?? fields.get('tags')),
      url: text('url') ?? urlOf(id),
      body: content,
    },
    path,
  );
}

function split(source: string, path: string) {
  try {
    return splitFrontMatter(source, path) ?? { fields: new Map<string, unknown>(), body: source };
  } catch (error) {
    throw error instanceof FrontMatterError ? new KnowledgeError(error.phrase, { cause: error }) : error;
  }
}

interface Heading {
  readonly text: string;
  /** The article without it. */
  readonly rest: string;
}

/** A heading of the first level before any other text. */
function firstHeading(body: string): Heading | undefined {
  const [first] = blocksOf(body);
  if (first === undefined || first.isCode) return undefined;
  const match =
    /^\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)/.exec(body) ?? /^\s*([^\n#>|*-][^\n]*)\n=+[ \t]*(?:\n|$)/.exec(body);
  if (match === null) return undefined;
  const text = (match[1] ?? '').replaceAll(/[*_`]/g, '').trim();
  return text === '' ? undefined : { text, rest: body.slice(match[0].length).trim() };
}

const sameTitle = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
