/** Proposes articles by itself after a thumbs-down and after an agent rewrote a proposed reply: few a day, one for each matter. */
import type { FeedEventOf } from '@firstword/shared/feed-event';
import type { Proposal, ProposalOrigin } from '@firstword/shared/proposal';
import type { Ticket } from '@firstword/shared/ticket';
import type { ArticleProposals } from './article-proposals.ts';
import { withoutFraming } from './knowledge/framing.ts';
import type { Knowledge } from './knowledge/knowledge.ts';
import type { ConversationStore } from './store/conversation-store.ts';

export interface ArticleSuggestionsParts {
  readonly proposals: Pick<ArticleProposals, 'list' | 'draftFor'>;
  readonly store: Pick<ConversationStore, 'snapshot'>;
  readonly knowledgeOf: (siteId: string) => Pick<Knowledge, 'weighWords'>;
}

export interface ArticleSuggestions {
  rated(event: FeedEventOf<'rated'>): Promise<void>;
  /** @param share how much of the proposed reply the agent changed, 0…1 */
  edited(ticket: Pick<Ticket, 'siteId' | 'conversationId'>, share: number): Promise<void>;
}

/** Of one site. Each is a call of the quality tier, and a person has to read it. */
const DAILY_MAX = 5;
const DAY_MS = 86_400_000;
const LOOKED_AT = 20;
/** A smaller change corrects the style. */
const EDITED_FROM = 0.2;
/** Share of the words of the shorter question, weighted by rarity, from which two ask the same. */
const ALIKE_FROM = 0.6;

export function createArticleSuggestions({
  proposals,
  store,
  knowledgeOf,
}: ArticleSuggestionsParts): ArticleSuggestions {
  const suggest = async (siteId: string, conversationId: string, question: string, origin: ProposalOrigin) => {
    if (question === '') return;
    const known = await proposals.list(siteId);
    const today = known.filter((one) => one.origin !== undefined && one.createdAt > Date.now() - DAY_MS);
    if (today.length >= DAILY_MAX) return;
    if (known.some((one) => isSameMatter(one, conversationId, question, knowledgeOf(siteId)))) return;
    await proposals.draftFor(siteId, { conversationId, question, origin });
  };
  const questionBefore = async (conversationId: string, isAnswer: (id: string) => boolean) => {
    const { messages } = await store.snapshot(conversationId, LOOKED_AT);
    const answer = messages.findLast(({ id }) => isAnswer(id));
    const asked = messages.findLast(({ from, seq }) => from === 'visitor' && seq < (answer?.seq ?? 0));
    return withoutFraming(asked?.text ?? '').trim();
  };

  return {
    async rated({ siteId, conversationId, rating }) {
      if (rating.of !== 'message' || rating.value !== 'down') return;
      const question = await questionBefore(conversationId, (id) => id === rating.messageId);
      await suggest(siteId, conversationId, question, 'rating');
    },
    async edited({ siteId, conversationId }, share) {
      if (share < EDITED_FROM) return;
      const question = await questionBefore(conversationId, () => true);
      await suggest(siteId, conversationId, question, 'edit');
    },
  };
}

/** Once accepted, an article may still be rated badly; once rejected, a matter doesn't come back. */
function isSameMatter(
  { state, conversationIds, question: other }: Proposal,
  conversationId: string,
  question: string,
  knowledge: Pick<Knowledge, 'weighWords'>,
): boolean {
  if (conversationIds.includes(conversationId)) return true;
  if (state === 'accepted' || state === 'failed') return false;
  const [one, two] = [knowledge.weighWords(question), knowledge.weighWords(other)];
  const weightOf = (words: Iterable<readonly [string, number]>) =>
    [...words].reduce((sum, [, rarity]) => sum + rarity, 0);
  const shared = [...one].filter(([word]) => two.has(word));
  const shorter = Math.min(weightOf(one), weightOf(two));
  return shorter > 0 && weightOf(shared) / shorter >= ALIKE_FROM;
}
