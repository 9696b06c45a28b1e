/** Reads an article that Document360 exports as Markdown or HTML: a head of `## name: value` lines, often in a comment, and the text. */
import { posix } from 'node:path';
import { phrase } from '../lib/phrase.ts';
import { type Article, checkedArticle, KnowledgeError } from './article.ts';
import { idOfPath, titleOfPath } from './article-names.ts';
import { cleanMarkdown } from './clean-markdown.ts';
import { htmlToMarkdown } from './html-article.ts';
import { translationIn } from './language-tag.ts';

const HEAD = /^\s*(?:<!--\s*)?##[ \t]*Metadata_Start\b([\s\S]*?)##[ \t]*Metadata_End[ \t]*(?:-->)?/;
const FIELD = /^[ \t]*(?:##[ \t]*)?([A-Za-z]\w*)[ \t]*:[ \t]*(.*?)[ \t]*$/gm;

export interface Document360File {
  /** By their names in small letters; empty ones are left out. */
  readonly fields: ReadonlyMap<string, string>;
  readonly text: string;
}

/** Undefined for any other file. */
export function splitDocument360File(source: string): Document360File | undefined {
  const head = HEAD.exec(source);
  if (head === null) return undefined;
  const fields = [...(head[1] ?? '').matchAll(FIELD)].flatMap(([, name = '', value = '']): [string, string][] =>
    value === '' ? [] : [[name.toLowerCase(), value]],
  );
  return { fields: new Map(fields), text: source.slice(head[0].length) };
}

/** @throws KnowledgeError naming the file and what is wrong with it */
export function document360Article(
  { fields, text }: Document360File,
  isHtml: boolean,
  path: string,
  urlOf: (id: string) => string,
): Article {
  if (fields.get('hidden')?.toLowerCase() === 'true') throw new KnowledgeError(phrase`${path}: is hidden`);
  const body = isHtml ? htmlToMarkdown(text) : cleanMarkdown(text);
  if (body === '') throw new KnowledgeError(phrase`${path}: has no text`);
  const id = idOfPath(path);
  const slug = fields.get('slug');
  const code = fields.get('code');
  return checkedArticle(
    {
      id,
      title: fields.get('title') ?? titleOfPath(path),
      keywords: fields.get('tags') ?? '',
      url: urlOf(id),
      body,
      // Translations have one slug; their files are numbered (`refunds(1).md`).
      ...(slug === undefined || code === undefined
        ? {}
        : { translation: translationIn(posix.join(posix.dirname(path), slug), code) }),
    },
    path,
  );
}
