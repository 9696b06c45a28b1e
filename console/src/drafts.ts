/** Keeps each ticket's draft in the browser until it is sent, so that reloads and conflicts don't lose it. */
import type { ReplyDraft } from '@firstword/shared/reply-draft';
import type { SentFile } from '@firstword/shared/wire';

export type Draft = ReplyDraft;

export interface LocalDrafts {
  read(ticketId: string): Draft | undefined;
  /** It is unsaved until `settle`. */
  write(ticketId: string, draft: Draft): void;
  /** As `write`, without a draft. */
  clear(ticketId: string): void;
  /** Whether the server has not confirmed the last change. */
  isUnsaved(ticketId: string): boolean;
  /** What the server has. */
  settle(ticketId: string, draft: Draft | undefined): void;
}

/** @param storage persists after the tab is closed, and is shared by all tabs */
export function createDrafts(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  agentId: string,
): LocalDrafts {
  const key = (ticketId: string) => `firstword-draft:${agentId}:${ticketId}`;
  const parse = (ticketId: string) => {
    const json = storage.getItem(key(ticketId));
    return json === null ? undefined : parseDraft(json);
  };
  const store = (ticketId: string, kept: Partial<Draft> & { unsaved?: true }) => {
    try {
      storage.setItem(key(ticketId), JSON.stringify(kept));
    } catch {
      // Storage is full or blocked; the text is still in the composer.
    }
  };
  return {
    read: (ticketId) => parse(ticketId)?.draft,
    write: (ticketId, draft) => store(ticketId, { ...draft, unsaved: true }),
    clear: (ticketId) => store(ticketId, { unsaved: true }),
    isUnsaved: (ticketId) => parse(ticketId)?.unsaved === true,
    settle(ticketId, draft) {
      if (draft === undefined) storage.removeItem(key(ticketId));
      else store(ticketId, draft);
    },
  };
}

function parseDraft(json: string): { draft?: Draft; unsaved: boolean } | undefined {
  try {
    const { text, runId, macroOf, afterSeq, attachments, unsaved }: Record<string, unknown> = JSON.parse(json);
    if (typeof text !== 'string') return { unsaved: unsaved === true };
    const draft = {
      text,
      ...(typeof runId === 'string' ? { runId } : {}),
      ...(typeof macroOf === 'string' ? { macroOf } : {}),
      ...(typeof afterSeq === 'number' ? { afterSeq } : {}),
      ...(Array.isArray(attachments) ? { attachments: attachments.filter(isFile) } : {}),
    };
    return { draft, unsaved: unsaved === true };
  } catch {
    return undefined;
  }
}

function isFile(value: unknown): value is SentFile {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['id', 'name', 'type'].every((key) => typeof Reflect.get(value, key) === 'string') &&
    typeof Reflect.get(value, 'size') === 'number'
  );
}
