/** What stands for a file where only words can: in a model's prompt, in a transcript, in a mail. */
import { sizeText } from '@firstword/shared/files';
import type { SentFile } from '@firstword/shared/wire';

export function fileText({ name, type, size }: SentFile): string {
  return `[file: ${name}, ${type}, ${sizeText(size)}]`;
}
