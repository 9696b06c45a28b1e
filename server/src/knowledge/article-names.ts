/** Ids and titles for articles that name none, from their path. Pure. */

/** Files that are the page of their folder: a README of GitBook, `index` of Docusaurus, `_index` of Hugo. */
const FOLDER_PAGE = /^(?:readme|_?index)$/i;

/** The path without its extension, as an id: `returns/Refund times.md` is `returns/Refund-times`. */
export function idOfPath(path: string): string {
  const parts = path.replace(/\.[^./]+$/, '').split('/');
  const last = parts.at(-1) ?? '';
  const named = FOLDER_PAGE.test(last) && parts.length > 1 ? parts.slice(0, -1) : parts;
  return idOf(named.join('/'));
}

export function idOf(name: string): string {
  return name
    .normalize('NFC')
    .trim()
    .replaceAll(/[\s#]+/g, '-')
    .slice(0, 200);
}

/** The file's or folder's name in words: `03-reset_password.md` is "Reset password". */
export function titleOfPath(path: string): string {
  const name = idOfPath(path).split('/').at(-1) ?? '';
  const words = name
    .replace(/^\d+[-_. ]+(?=\D)/, '')
    .replaceAll(/[-_]+/g, ' ')
    .trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
