/** Describes a file where only text is possible: in a prompt, a transcript or an e-mail. */
import { sizeText } from '@firstword/shared/files';
import type { SentFile } from '@firstword/shared/wire';

export function fileText({ name, type, size }: SentFile): string {
  return `[file: ${name}, ${type}, ${sizeText(size)}]`;
}
