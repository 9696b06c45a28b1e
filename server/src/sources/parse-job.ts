/** What the thread of `article-parser.ts` is asked, and how it answers. */
import { createHash } from 'node:crypto';
import type { Article } from '@firstword/shared/article';
import type { Phrase } from '@firstword/shared/phrase';
import { translationIn } from '../knowledge/language-tag.ts';
import type { PathTranslation } from '../knowledge/path-translations.ts';

export type ParseJob =
  /** A file, by its path in the source. */
  | {
      readonly kind: 'file';
      readonly sourceId: string;
      readonly path: string;
      readonly translation?: PathTranslation | undefined;
      readonly bytes: Uint8Array;
    }
  /** A response to `url`, which is where redirects ended. */
  | {
      readonly kind: 'page';
      readonly sourceId: string;
      readonly url: string;
      readonly type: string;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'sitemap'; readonly url: string; readonly bytes: Uint8Array };

/** An article as the store keeps it. */
export interface ParsedArticle {
  readonly id: string;
  readonly title: string;
  readonly hash: string;
  readonly json: string;
  /** Of a translation. */
  readonly language?: string;
}

/** What else was found. */
export interface ParseFindings {
  /** What was left out: the file or row, and why. */
  readonly skipped: readonly Phrase[];
  /** Of a page: where it leads. Of a sitemap: its pages. */
  readonly links: readonly string[];
  /** Of a sitemap: further ones. */
  readonly sitemaps: readonly string[];
}

/** An answer has a few articles; the next ones are sent when they are asked for, so that no message is large. */
export type ParseReply =
  | { readonly articles: readonly ParsedArticle[]; readonly findings?: ParseFindings }
  | { readonly error: Phrase };
export type ParseRequest = ParseJob | 'more';

export const NO_FINDINGS: ParseFindings = { skipped: [], links: [], sitemaps: [] };

export function toParsed(article: Article): ParsedArticle {
  const json = JSON.stringify(article);
  const { id, title, translation } = article;
  return { id, title, hash: hashOf(json), json, ...(translation && { language: translation.language }) };
}

/** The articles of two sources are never translations of one another: their ids and paths may be the same by chance. */
export function inSource(article: Article, sourceId: string): Article {
  const { translation } = article;
  if (translation === undefined) return article;
  return { ...article, translation: translationIn(`${sourceId} ${translation.group}`, translation.language) };
}

const hashOf = (json: string) => createHash('sha256').update(json).digest('base64url').slice(0, 22);
