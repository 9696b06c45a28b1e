/** The beginning of an article as plain text, enough to judge whether to open it. */
import { cutText } from '@firstword/shared/cut-text';

const MAX_CHARS = 180;
/** Markup may be longer than what is shown of it. */
const READ_CHARS = 2000;

export function excerpt(markdown: string): string {
  const plain = markdown
    .slice(0, READ_CHARS)
    .replace(/^[^\S\n]*#{1,6}\s.*$/gm, ' ')
    .replace(/!\[[^[\]]*\]\([^()]*\)/g, ' ')
    .replace(/\[([^[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '$1')
    .replace(/^[^\S\n]*(?:[-*+>]|\d+\.)\s+/gm, '')
    .replace(/^[\s|:-]+$/gm, ' ')
    .replace(/[*_`|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:!?])/g, '$1')
    .trim();
  if (plain.length <= MAX_CHARS) return plain;
  const cut = cutText(plain, MAX_CHARS);
  const end = cut.lastIndexOf(' ');
  return `${end > MAX_CHARS / 2 ? cut.slice(0, end) : cut}…`;
}
