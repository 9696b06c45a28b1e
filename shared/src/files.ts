/** Which files may be sent, by name and type. Free of imports, so that browsers can take values from it. */

/** Kinds that a site may allow. Nothing that a browser would run, such as SVG or HTML, is among them. */
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

/** Shown within a page; everything else is only offered for saving. */
export const PICTURE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Characters of a file's name that are kept. */
const NAME_MAX = 100;
/** Controls and format characters could hide what a name ends with; the others mean something to paths, markup or shells. */
const UNFIT = /[\p{C}\p{Z}/\\<>:"|?*[\]`]+/gu;

/** The last part of a path, without anything that could pass for more than a name. Its extension survives. */
export function plainName(name: string): string {
  const plain = name
    .slice(-1000)
    .replace(/^.*[\\/]/s, '')
    .replace(UNFIT, ' ')
    .trim()
    .replace(/^\.+/, '');
  const characters = [...plain];
  if (characters.length <= NAME_MAX) return plain === '' ? 'file' : plain;
  const end = /\.\w{1,8}$/.exec(plain)?.[0] ?? '';
  return characters.slice(0, NAME_MAX - end.length).join('') + end;
}

/** The kind that a name says it is, if it is one of those allowed. */
export function fileTypeOf(name: string, allowed: readonly FileType[]): FileType | undefined {
  const end = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return allowed.find((type) => (FILE_TYPES[type].extensions as readonly string[]).includes(end));
}

const KB = 1024;

/** A file's size for agents and models, in English; at least 1 KB. */
export function sizeText(bytes: number): string {
  return bytes < KB * KB ? `${Math.max(1, Math.round(bytes / KB))} KB` : `${(bytes / KB / KB).toFixed(1)} MB`;
}
