/** The REST client of attachments: files are uploaded first, and named by the reply that carries them. */
import type { AttachedFile } from '@firstword/shared/console-wire';
import type { Result } from './api-result.ts';
import type { AllSenders } from './senders.ts';

export interface AttachmentApi {
  upload(
    ticketId: string,
    file: File,
    onShare: (share: number) => void,
    signal: AbortSignal,
  ): Promise<Result<AttachedFile>>;
  /** Deletes a file that is not sent yet. */
  remove(ticketId: string, fileId: string): Promise<Result<unknown>>;
}

export function createAttachmentApi({ upload, sendWithRetries }: AllSenders): AttachmentApi {
  const pathOf = (ticketId: string, query: Record<string, string>) =>
    `/tickets/${encodeURIComponent(ticketId)}/files?${new URLSearchParams(query)}`;
  return {
    upload: (ticketId, file, onShare, signal) => upload(pathOf(ticketId, { name: file.name }), file, onShare, signal),
    remove: (ticketId, fileId) => sendWithRetries('DELETE', pathOf(ticketId, { file: fileId })),
  };
}
