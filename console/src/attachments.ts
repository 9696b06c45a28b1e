/** Files for a reply, while they are uploaded or have failed. An upload goes on while another ticket is open. */
import type { ApiError, TicketDetail } from '@firstword/shared/console-wire';
import { fileTypeOf } from '@firstword/shared/files';
import { ATTACHMENTS_MAX } from '@firstword/shared/limits';
import type { SentFile } from '@firstword/shared/wire';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { AttachmentApi } from './attachment-api.ts';

/** `failed`: no response, or a refusal that is not about the file; it can be tried again. */
export type AttachFault = NonNullable<ApiError['fileFault']> | 'empty' | 'too-many-in-reply' | 'failed';

export interface Upload {
  readonly id: string;
  readonly ticketId: string;
  readonly file: File;
  /** 0 to 1. */
  readonly share: number;
  readonly fault?: AttachFault;
}

export interface Attachments {
  /** Of the open ticket. */
  readonly uploads: ReadonlySignal<readonly Upload[]>;
  /** Uploads files for the open ticket. */
  attach(files: Iterable<File>): void;
  retry(upload: Upload): void;
  /** Cancels an upload, or forgets one that failed. */
  cancel(upload: Upload): void;
}

export interface AttachmentParts {
  readonly api: Pick<AttachmentApi, 'upload'>;
  readonly detail: ReadonlySignal<TicketDetail | undefined>;
  /** Files in the draft of the open ticket. */
  readonly attached: () => number;
  readonly onUploaded: (ticketId: string, file: SentFile) => void;
}

const MB = 1024 * 1024;

export function createAttachments({ api, detail, attached, onUploaded }: AttachmentParts): Attachments {
  const all = signal<readonly Upload[]>([]);
  const uploads = computed(() => all.value.filter(({ ticketId }) => ticketId === detail.value?.ticket.id));
  const running = new Map<string, AbortController>();

  const change = (id: string, next: Partial<Upload>) => {
    all.value = all.value.map((upload) => (upload.id === id ? { ...upload, ...next } : upload));
  };
  const forget = (id: string) => {
    all.value = all.value.filter((upload) => upload.id !== id);
  };

  /** @param before the file that was picked before this one: files are attached in the order in which they were picked */
  async function send({ id, ticketId, file }: Upload, before?: Promise<void>) {
    const cancelling = new AbortController();
    running.set(id, cancelling);
    const result = await api.upload(ticketId, file, (share) => change(id, { share }), cancelling.signal);
    await before;
    running.delete(id);
    if (cancelling.signal.aborted) return;
    if (!result.ok) return change(id, { fault: ('fileFault' in result && result.fileFault) || 'failed' });
    forget(id);
    onUploaded(ticketId, result.value.file);
  }

  return {
    uploads,
    attach(files) {
      const { ticket, uploads: accepted } = detail.value ?? {};
      if (ticket === undefined || accepted === undefined) return;
      let before: Promise<void> | undefined;
      let room = ATTACHMENTS_MAX - attached() - uploads.value.filter(({ fault }) => fault === undefined).length;
      for (const file of files) {
        const fault = faultOf(file, accepted) ?? (room > 0 ? undefined : 'too-many-in-reply');
        const upload = { id: crypto.randomUUID(), ticketId: ticket.id, file, share: 0, ...(fault && { fault }) };
        all.value = [...all.value, upload];
        if (fault !== undefined) continue;
        room -= 1;
        before = send(upload, before);
      }
    },
    retry({ id, ticketId, file }) {
      const again = { id, ticketId, file, share: 0 };
      all.value = all.value.map((upload) => (upload.id === id ? again : upload));
      void send(again);
    },
    cancel({ id }) {
      running.get(id)?.abort();
      forget(id);
    },
  };
}

/** What the server would refuse is not sent. */
function faultOf(
  { name, size }: File,
  { maxMb, types }: NonNullable<TicketDetail['uploads']>,
): AttachFault | undefined {
  if (fileTypeOf(name, types) === undefined) return 'type';
  if (size === 0) return 'empty';
  return size > maxMb * MB ? 'too-large' : undefined;
}
