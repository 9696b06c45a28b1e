/** Files that agents attach to replies: checked and stored like those of visitors, and held until a reply carries them. */
import type { Site } from '@firstword/shared/site';
import type { Ticket } from '@firstword/shared/ticket';
import type { FileStore, StoreOutcome } from '../store/file-store.ts';
import type { UploadQuota, UploadReservation } from '../store/upload-quota.ts';

type Uploads = NonNullable<Site['uploads']>;

export type AttachOutcome =
  | StoreOutcome
  /** The site accepts no files. */
  | { readonly kind: 'not-accepted' }
  | Exclude<UploadReservation, { kind: 'reserved' }>;

export interface Attachments extends Pick<FileStore, 'areHeld' | 'release'> {
  /** What the site accepts; undefined: no files. */
  accepted(siteId: string): Uploads | undefined;
  /** Stores a file and holds it for the agent. */
  add(
    ticket: Pick<Ticket, 'conversationId' | 'siteId'>,
    agentId: string,
    file: { readonly name: string; readonly bytes: Uint8Array },
  ): Promise<AttachOutcome>;
  /** Deletes a file that is held for the agent. False when there is none. */
  remove(conversationId: string, fileId: string, agentId: string): Promise<boolean>;
}

export interface AttachmentParts {
  readonly files: Pick<FileStore, 'save' | 'find' | 'drop' | 'areHeld' | 'release'>;
  readonly quota: UploadQuota;
  readonly uploadsOf: (siteId: string) => Uploads | undefined;
}

const MB = 1024 * 1024;

export function createAttachments({ files, quota, uploadsOf }: AttachmentParts): Attachments {
  return {
    accepted: uploadsOf,
    areHeld: files.areHeld,
    release: files.release,
    async add({ conversationId, siteId }, agentId, { name, bytes }) {
      const uploads = uploadsOf(siteId);
      if (uploads === undefined) return { kind: 'not-accepted' };
      const maxBytes = uploads.maxMb * MB;
      if (bytes.length > maxBytes) return { kind: 'too-large' };
      const reserved = await quota.reserve({ siteId, address: `agent ${agentId}` }, bytes.length);
      if (reserved.kind !== 'reserved') return reserved;
      let stored = 0;
      try {
        const saved = await files.save(
          conversationId,
          { name, types: uploads.types, maxBytes, heldBy: agentId },
          piecesOf(bytes),
        );
        if (saved.kind === 'stored') stored = saved.file.size;
        return saved;
      } finally {
        await reserved.settle(stored);
      }
    },
    async remove(conversationId, fileId, agentId) {
      // Once a reply has carried it, the file belongs to the conversation.
      if ((await files.find(conversationId, fileId)) !== undefined) return false;
      return files.drop(conversationId, fileId, agentId);
    },
  };
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
