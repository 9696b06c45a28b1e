/** Checks a file's type by its first bytes, and a text as a whole, while it arrives. */
import type { FileType } from '@firstword/shared/files';

export interface ContentCheck {
  /** Returns false as soon as the file cannot be of that type. */
  take(chunk: Buffer): boolean;
  /** To be called after the last chunk. */
  isRight(): boolean;
}

const HEAD_BYTES = 16;
const ZIP = [0x50, 0x4b, 0x03, 0x04];

const begins = (head: Buffer, bytes: readonly number[], at = 0) => bytes.every((byte, i) => head[at + i] === byte);
const ascii = (text: string) => [...Buffer.from(text, 'latin1')];

const BEGINNINGS: Readonly<Record<Exclude<FileType, 'txt' | 'csv'>, (head: Buffer) => boolean>> = {
  png: (head) => begins(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  jpeg: (head) => begins(head, [0xff, 0xd8, 0xff]),
  gif: (head) => begins(head, ascii('GIF87a')) || begins(head, ascii('GIF89a')),
  webp: (head) => begins(head, ascii('RIFF')) && begins(head, ascii('WEBP'), 8),
  pdf: (head) => begins(head, ascii('%PDF-')),
  docx: (head) => begins(head, ZIP),
  xlsx: (head) => begins(head, ZIP),
};

export function createContentCheck(type: FileType): ContentCheck {
  if (type === 'txt' || type === 'csv') return createTextCheck();
  let head: Buffer = Buffer.alloc(0);
  const beginsRight = () => BEGINNINGS[type](head);
  return {
    take(chunk) {
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
      return head.length < HEAD_BYTES || beginsRight();
    },
    isRight: beginsRight,
  };
}

/** UTF-8 without control characters, and not markup that a browser might render. */
function createTextCheck(): ContentCheck {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let beginning = '';
  let right = true;
  const read = (bytes?: Buffer) => {
    try {
      const text = decoder.decode(bytes, { stream: bytes !== undefined });
      if (beginning.length < HEAD_BYTES) beginning = (beginning + text).trimStart().slice(0, HEAD_BYTES);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      right &&= !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) && !beginning.startsWith('<');
    } catch {
      right = false;
    }
    return right;
  };
  return { take: read, isRight: () => read() };
}
