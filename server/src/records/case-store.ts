/** Cases for evaluations, each of one conversation. */
import type { SavedCase } from '@firstword/shared/evaluation-case';

export interface CaseStore {
  /** Replaces the case with the same id. */
  save(saved: SavedCase): Promise<void>;
  /** Newest first; of one conversation, or of all. */
  list(siteId: string, limit: number, conversationId?: string): Promise<SavedCase[]>;
  /** False when these sites have none. */
  remove(id: string, siteIds: readonly string[]): Promise<boolean>;
  /** Deletes the cases of a conversation. */
  erase(conversationId: string): Promise<void>;
}
