/** Drafts that follow the agent: kept in this browser at once, and on the server a moment later. */
import type { ReplyDraftView } from '@firstword/shared/reply-draft';
import type { Result } from './api-result.ts';
import type { Draft, LocalDrafts } from './drafts.ts';
import type { Senders } from './knowledge-api.ts';

export interface Drafts {
  /** What this browser has. */
  read(ticketId: string): Draft | undefined;
  write(ticketId: string, draft: Draft): void;
  clear(ticketId: string): void;
  /** The draft after asking the server; what this browser has not saved yet wins. */
  load(ticketId: string): Promise<Draft | undefined>;
}

export interface DraftApi {
  read(ticketId: string): Promise<Result<ReplyDraftView>>;
  /** Without a draft, it is deleted. */
  save(ticketId: string, draft: Draft | undefined): Promise<Result<unknown>>;
}

export function createDraftApi({ sendWithRetries }: Senders): DraftApi {
  const pathOf = (ticketId: string) => `/drafts/${encodeURIComponent(ticketId)}`;
  return {
    read: (ticketId) => sendWithRetries('GET', pathOf(ticketId)),
    save: (ticketId, draft) =>
      draft === undefined
        ? sendWithRetries('DELETE', pathOf(ticketId))
        : sendWithRetries('POST', pathOf(ticketId), draft),
  };
}

/** @param pauseMs the pause in typing after which a draft is saved */
export function createSyncedDrafts(local: LocalDrafts, api: DraftApi, pauseMs = 500): Drafts {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** One request at a time for each ticket, so that the last change is also the last to arrive. */
  const saving = new Set<string>();

  async function save(ticketId: string): Promise<void> {
    timers.delete(ticketId);
    if (saving.has(ticketId)) return later(ticketId, pauseMs);
    saving.add(ticketId);
    const draft = local.read(ticketId);
    const result = await api.save(ticketId, isEmpty(draft) ? undefined : draft);
    saving.delete(ticketId);
    const unchanged = JSON.stringify(local.read(ticketId)) === JSON.stringify(draft);
    if (result.ok && unchanged && local.isUnsaved(ticketId)) local.settle(ticketId, draft);
  }
  function later(ticketId: string, ms: number) {
    clearTimeout(timers.get(ticketId));
    timers.set(
      ticketId,
      setTimeout(() => void save(ticketId), ms),
    );
  }
  return {
    read: local.read,
    write(ticketId, draft) {
      local.write(ticketId, draft);
      later(ticketId, pauseMs);
    },
    clear(ticketId) {
      if (local.read(ticketId) === undefined && !local.isUnsaved(ticketId)) return;
      local.clear(ticketId);
      later(ticketId, 0);
    },
    async load(ticketId) {
      if (local.isUnsaved(ticketId)) {
        later(ticketId, 0);
        return local.read(ticketId);
      }
      const result = await api.read(ticketId);
      if (result.ok && !local.isUnsaved(ticketId)) local.settle(ticketId, result.value.draft);
      return local.read(ticketId);
    },
  };
}

/** It has nothing to keep. */
function isEmpty(draft: Draft | undefined): boolean {
  return draft?.text === '' && (draft.attachments ?? []).length === 0;
}
