/** Splits articles into passages that fit a prompt and make sense on their own. */
import { cutText } from '@firstword/shared/cut-text';
import type { Article } from './article.ts';
import { blocksOf } from './markdown-blocks.ts';

export interface Passage {
  /** `article#position`, stable while the article is unchanged. */
  readonly id: string;
  readonly articleId: string;
  /** The article's title. */
  readonly title: string;
  readonly heading: string;
  readonly url: string;
  readonly keywords: string;
  readonly text: string;
  /** The same for all languages of an article. */
  readonly translationGroup?: string;
}

/** Four passages of this size and the question fit a small model's context. */
const PASSAGE_MAX_CHARS = 1200;

/** Splits at headings, then at paragraphs. A passage never spans two sections. */
export function splitIntoPassages(article: Article): Passage[] {
  const passages: Passage[] = [];
  for (const { heading, text } of sections(article.body))
    for (const part of packParagraphs(text))
      passages.push({
        id: `${article.id}#${passages.length + 1}`,
        articleId: article.id,
        title: article.title,
        heading,
        url: article.url,
        keywords: article.keywords,
        text: part,
        ...(article.translation === undefined ? {} : { translationGroup: article.translation.group }),
      });
  return passages;
}

/** Of each article the passages in one language: that of its first passage. */
export function inOneLanguage<Found extends Pick<Passage, 'articleId' | 'translationGroup'>>(
  passages: readonly Found[],
): Found[] {
  const chosen = new Map<string, string>();
  return passages.filter(({ articleId, translationGroup }) => {
    if (translationGroup === undefined) return true;
    if (!chosen.has(translationGroup)) chosen.set(translationGroup, articleId);
    return chosen.get(translationGroup) === articleId;
  });
}

function sections(body: string): { heading: string; text: string }[] {
  const found: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  for (const { text, isCode } of blocksOf(body))
    for (const line of text.split('\n')) {
      const heading = isCode ? undefined : /^#{1,6}\s+(.+)$/.exec(line)?.[1];
      if (heading === undefined) found.at(-1)?.lines.push(line);
      else found.push({ heading: heading.trim(), lines: [] });
    }
  return found
    .map(({ heading, lines }) => ({ heading, text: lines.join('\n').trim() }))
    .filter(({ text }) => text !== '');
}

function packParagraphs(text: string): string[] {
  const parts: string[] = [];
  // Code stays whole as long as it fits.
  const paragraphs = blocksOf(text).flatMap((block) => (block.isCode ? [block.text] : block.text.split(/\n{2,}/)));
  for (const paragraph of paragraphs.filter((part) => part.trim() !== '').flatMap(cutLong)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + paragraph.length + 2 <= PASSAGE_MAX_CHARS)
      parts[parts.length - 1] = `${last}\n\n${paragraph}`;
    else parts.push(paragraph);
  }
  return parts;
}

function cutLong(paragraph: string): string[] {
  const pieces: string[] = [];
  let rest = paragraph;
  while (rest.length > PASSAGE_MAX_CHARS) {
    const space = rest.lastIndexOf(' ', PASSAGE_MAX_CHARS);
    const piece = space > PASSAGE_MAX_CHARS / 2 ? rest.slice(0, space) : cutText(rest, PASSAGE_MAX_CHARS);
    pieces.push(piece);
    rest = rest.slice(piece.length).trimStart();
  }
  return [...pieces, rest];
}
