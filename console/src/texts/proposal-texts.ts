/** Texts of proposed articles on the Knowledge page. Pure. */
import type { ProposalOrigin, ProposalState } from '@firstword/shared/proposal';
import { type Texts, translated } from './translated.ts';

const states: Record<ProposalState, string> = {
  drafting: 'Writing a draft…',
  open: 'Draft',
  failed: 'No model wrote a draft. Request it again from its gap.',
  accepted: 'Accepted',
  rejected: 'Rejected',
};

const origins: Record<ProposalOrigin, string> = {
  rating: 'After a thumbs-down',
  edit: 'After an agent’s edit',
};

const english = {
  states,
  title: 'Proposed articles',
  hint: 'Drafts from gaps, and up to five a day from answers with a thumbs-down and proposed replies that agents rewrote. Nothing is published until you accept it.',
  empty: 'No article has been proposed yet. Choose “Draft an article” beside a gap.',
  failed: 'The proposed articles couldn’t be loaded.',
  draft: 'Draft an article',
  asked: (question: string) => `Asked: ${question}`,
  origins,
  sources: 'Drafted from',
  accept: 'Accept and publish',
  reject: 'Reject',
  decided: (state: string, by: string) => `${state} by ${by}`,
} as const;
export type ProposalTexts = Texts<typeof english>;
export const proposalTexts = translated<ProposalTexts>('proposal', english);
