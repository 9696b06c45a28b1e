/** Markdown as plain text, for comparing and quoting. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^[^\S\n]*#{1,6}\s.*$/gm, (heading) => heading.replace(/^\s*#{1,6}\s/, ''))
    .replace(/!\[[^[\]]*\]\([^()]*\)/g, ' ')
    .replace(/\[([^[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '$1')
    .replace(/^[^\S\n]*(?:[-*+>]|\d{1,3}[.)])\s+/gm, '')
    .replace(/^[\s|:-]+$/gm, ' ')
    .replace(/[*_`|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:!?])/g, '$1')
    .trim();
}
