/** File types of uploads, and safe file names. Free of imports, so that browsers can import values from it. */

/** Types that a site can allow. None of them can run code in a browser, as SVG and HTML can. */
export const FILE_TYPES = {
  png: { mime: 'image/png', extensions: ['png'] },
  jpeg: { mime: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
  gif: { mime: 'image/gif', extensions: ['gif'] },
  webp: { mime: 'image/webp', extensions: ['webp'] },
  pdf: { mime: 'application/pdf', extensions: ['pdf'] },
  txt: { mime: 'text/plain', extensions: ['txt', 'log'] },
  csv: { mime: 'text/csv', extensions: ['csv'] },
  docx: {
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
  },
  xlsx: { mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extensions: ['xlsx'] },
} as const;
export type FileType = keyof typeof FILE_TYPES;

/** Shown inline; all other types are offered as downloads. */
export const PICTURE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Maximum length of a file name, in characters. */
const NAME_MAX = 100;
/** Control and format characters could hide an extension; the others have a meaning in paths, markup or shells. */
const UNSAFE = /[\p{C}\p{Z}/\\<>:"|?*[\]`]+/gu;

/** The last part of a path without unsafe characters, shortened but with its extension. */
export function plainName(name: string): string {
  const plain = name
    .slice(-1000)
    .replace(/^.*[\\/]/s, '')
    .replace(UNSAFE, ' ')
    .trim()
    .replace(/^\.+/, '');
  const characters = [...plain];
  if (characters.length <= NAME_MAX) return plain === '' ? 'file' : plain;
  const end = /\.\w{1,8}$/.exec(plain)?.[0] ?? '';
  return characters.slice(0, NAME_MAX - end.length).join('') + end;
}

/** The allowed type that matches the extension of a name. */
export function fileTypeOf(name: string, allowed: readonly FileType[]): FileType | undefined {
  const end = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return allowed.find((type) => FILE_TYPES[type].extensions.some((extension) => extension === end));
}

const KB = 1024;

/** A file's size in English, for agents and models; at least 1 KB. */
export function sizeText(bytes: number): string {
  return bytes < KB * KB ? `${Math.max(1, Math.round(bytes / KB))} KB` : `${(bytes / KB / KB).toFixed(1)} MB`;
}
