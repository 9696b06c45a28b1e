/** The views that agents have saved for themselves. */
import type { SavedView } from '@firstword/shared/saved-view';

export interface ViewStore {
  /** In the order in which they were saved. */
  list(agentId: string): Promise<SavedView[]>;
  /** False, and nothing is stored, when the agent has `most` views. */
  add(agentId: string, view: SavedView, most: number): Promise<boolean>;
  /** False when the agent has no such view. */
  remove(agentId: string, id: string): Promise<boolean>;
}
