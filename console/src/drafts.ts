/** Keeps each ticket's draft until it is sent, so that reloads and conflicts don't lose it. */

export interface Draft {
  readonly text: string;
  /** The run whose proposed reply the text began with; absent when the agent wrote it. */
  readonly runId?: string;
  /** `seq` of the last message when the draft was started. */
  readonly afterSeq?: number;
}

export interface Drafts {
  read(ticketId: string): Draft | undefined;
  write(ticketId: string, draft: Draft): void;
  clear(ticketId: string): void;
}

/** @param storage persists after the tab is closed, and is shared by all tabs */
export function createDrafts(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, agentId: string): Drafts {
  const key = (ticketId: string) => `firstword-draft:${agentId}:${ticketId}`;
  return {
    read(ticketId) {
      const json = storage.getItem(key(ticketId));
      return json === null ? undefined : parseDraft(json);
    },
    write(ticketId, draft) {
      try {
        storage.setItem(key(ticketId), JSON.stringify(draft));
      } catch {
        // Storage is full or blocked; the text is still in the composer.
      }
    },
    clear: (ticketId) => storage.removeItem(key(ticketId)),
  };
}

function parseDraft(json: string): Draft | undefined {
  try {
    const { text, runId, afterSeq }: { text?: unknown; runId?: unknown; afterSeq?: unknown } = JSON.parse(json);
    if (typeof text !== 'string') return undefined;
    return {
      text,
      ...(typeof runId === 'string' ? { runId } : {}),
      ...(typeof afterSeq === 'number' ? { afterSeq } : {}),
    };
  } catch {
    return undefined;
  }
}
