/** The beginning of an article as plain text, enough to judge whether to open it. */
import { cutText } from '@firstword/shared/cut-text';

const MAX_CHARS = 180;

export function excerpt(markdown: string): string {
  const plain = markdown
    .replace(/^\s*#{1,6}\s.*$/gm, ' ')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(?:[-*+>]|\d+\.)\s+/gm, '')
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
