/** Drafts of replies, for each agent and ticket. They are deleted with their ticket. */
import type { ReplyDraft } from '@firstword/shared/reply-draft';

export interface ReplyDraftStore {
  find(agentId: string, ticketId: string): Promise<ReplyDraft | undefined>;
  /** Adds or replaces it. Of a ticket that does not exist, nothing is stored. */
  save(agentId: string, ticketId: string, draft: ReplyDraft): Promise<void>;
  remove(agentId: string, ticketId: string): Promise<void>;
}
