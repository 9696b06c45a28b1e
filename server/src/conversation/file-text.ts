/** What stands for a file where only words can: in a model's prompt, in a transcript, in a mail. */
import type { SentFile } from '@firstword/shared/wire';

const KB = 1024;

export function fileText({ name, type, size }: SentFile): string {
  const shown = size < KB * KB ? `${Math.max(1, Math.round(size / KB))} KB` : `${(size / KB / KB).toFixed(1)} MB`;
  return `[file: ${name}, ${type}, ${shown}]`;
}
