/** Cuts articles into passages of a size that fits a prompt and still makes sense alone. */
import type { Article } from './article.ts';

export interface Passage {
  /** `article#position`, stable while the article is unchanged. */
  readonly id: string;
  readonly articleId: string;
  /** The article's title, with the section's heading where it has one. */
  readonly title: string;
  readonly heading: string;
  readonly url: string;
  readonly keywords: string;
  readonly text: string;
}

/** Characters of one passage; four of them and the question stay well under a small model's context. */
const PASSAGE_MAX_CHARS = 1200;

/** Splits at headings first, then at paragraphs; a passage never mixes two sections. */
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
      });
  return passages;
}

function sections(body: string): { heading: string; text: string }[] {
  const found: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  for (const line of body.split(/\r?\n/)) {
    const heading = /^#{1,6}\s+(.+)$/.exec(line)?.[1];
    if (heading === undefined) found.at(-1)?.lines.push(line);
    else found.push({ heading: heading.trim(), lines: [] });
  }
  return found
    .map(({ heading, lines }) => ({ heading, text: lines.join('\n').trim() }))
    .filter(({ text }) => text !== '');
}

function packParagraphs(text: string): string[] {
  const parts: string[] = [];
  for (const paragraph of text.split(/\n{2,}/).flatMap(cutLong)) {
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
    const cut = space > PASSAGE_MAX_CHARS / 2 ? space : PASSAGE_MAX_CHARS;
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return [...pieces, rest];
}
