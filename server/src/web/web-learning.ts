/** Puts together what a site learns from its conversations: gaps, proposed articles, and proposals that arise by themselves. */
import { type ArticleProposalsParts, createArticleProposals } from '../article-proposals.ts';
import { createArticleSuggestions } from '../article-suggestions.ts';
import { createGapRecorder } from '../gap-recorder.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { hidePersonalData } from '../masking/mask-policy.ts';
import type { Records } from '../records/records.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { MessageReader } from '../triage/message-signals.ts';

export interface WebLearningParts extends Pick<ArticleProposalsParts, 'siteName' | 'articles' | 'ask' | 'log'> {
  readonly records: Pick<Records, 'proposals' | 'gaps' | 'cases' | 'archive'>;
  readonly store: Pick<ConversationStore, 'snapshot'>;
  readonly knowledgeOf: (siteId: string) => Knowledge;
  readonly readMessage: MessageReader;
}

export type WebLearning = ReturnType<typeof createWebLearning>;

export function createWebLearning({ records, store, knowledgeOf, readMessage, ...parts }: WebLearningParts) {
  const proposals = createArticleProposals({
    store: records.proposals,
    gaps: records.gaps,
    archive: records.archive,
    knowledgeOf,
    hidePersonalData,
    ...parts,
  });
  return {
    proposals,
    suggestions: createArticleSuggestions({ proposals, store, knowledgeOf }),
    gaps: createGapRecorder({ ...records, store, knowledgeOf, readMessage }),
  };
}
