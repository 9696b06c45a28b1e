/** Proposed articles. A state changes once: of two decisions, the first counts. */
import type { Proposal, ProposalState } from '@firstword/shared/proposal';

export type ProposalChange = Partial<Pick<Proposal, 'title' | 'body' | 'articles' | 'decidedBy' | 'articleId'>>;

export interface ProposalStore {
  add(proposal: Proposal): Promise<void>;
  load(id: string): Promise<Proposal | undefined>;
  /** Newest first. */
  list(siteId: string, limit: number): Promise<Proposal[]>;
  /** Undefined when it is not in state `from`. */
  move(id: string, from: ProposalState, to: ProposalState, change: ProposalChange): Promise<Proposal | undefined>;
  /** Deletes the proposals that were drafted from a conversation. Articles that they became stay. */
  erase(conversationId: string): Promise<void>;
}
