/** Counts the questions that the articles do not cover, from the feed of conversations. An erased conversation takes along what was recorded of it. */
import type { FeedEventOf } from '@firstword/shared/feed-event';
import type { Message } from '@firstword/shared/wire';
import { askedSoFar } from './conversation/asked-so-far.ts';
import { exchangesOf, lastAnswer } from './conversation/history-signals.ts';
import { coverageOf } from './knowledge/coverage.ts';
import { findForQuestion } from './knowledge/find-for-question.ts';
import { withoutFraming } from './knowledge/framing.ts';
import type { Knowledge } from './knowledge/knowledge.ts';
import type { CaseStore } from './records/case-store.ts';
import type { GapStore } from './records/gap-store.ts';
import type { ProposalStore } from './records/proposal-store.ts';
import type { ConversationStore } from './store/conversation-store.ts';
import type { MessageReader } from './triage/message-signals.ts';
import { offerReasonOf } from './triage/offer-reason.ts';

export interface GapRecorderParts {
  readonly gaps: Pick<GapStore, 'record' | 'erase'>;
  readonly cases: Pick<CaseStore, 'erase'>;
  readonly proposals: Pick<ProposalStore, 'erase'>;
  readonly store: Pick<ConversationStore, 'snapshot'>;
  readonly knowledgeOf: (siteId: string) => Knowledge;
  readonly readMessage: MessageReader;
}

export type GapRecorder = ReturnType<typeof createGapRecorder>;

/** Messages before an answer among which its question is. */
const LOOKED_AT = 20;
const QUESTION_CHARS = 500;

export function createGapRecorder({ gaps, cases, proposals, store, knowledgeOf, readMessage }: GapRecorderParts) {
  return {
    /** Deletes what was learnt from a conversation. */
    async erase(conversationId: string): Promise<void> {
      await gaps.erase(conversationId);
      await cases.erase(conversationId);
      await proposals.erase(conversationId);
    },
    /** An answer also offers an agent because of what its visitor said or how triage judged it; then no article is missing. */
    async record({ siteId, conversationId, at, message }: FeedEventOf<'message'>): Promise<void> {
      if (message.from !== 'assistant' || message.offer !== 'agent') return;
      const { messages } = await store.snapshot(conversationId, LOOKED_AT);
      const asked = messages.findLast(({ from, seq }) => from === 'visitor' && seq < message.seq);
      const history = messages.filter(({ seq }) => asked !== undefined && seq < asked.seq);
      // PostgreSQL stores no NUL.
      const question = withoutFraming(asked?.text ?? '')
        .replaceAll('\0', '')
        .trim()
        .slice(0, QUESTION_CHARS);
      const signals = readMessage({ text: question, last: lastAnswer(history), earlier: exchangesOf(history) });
      if (question === '' || offerReasonOf(signals) !== undefined) return;
      const knowledge = knowledgeOf(siteId);
      // A question in another language than the articles was compared by search terms, which are not stored.
      if (!knowledge.isForeign(question) && isCovered(knowledge, question, history)) return;
      const words = [...knowledge.weighWords(question).keys()].map((word) => word.replaceAll('\0', ''));
      await gaps.record({ siteId, conversationId, seq: message.seq, question, words, at });
    },
  };
}

const isCovered = (knowledge: Knowledge, question: string, history: readonly Message[]) =>
  coverageOf(knowledge, question, findForQuestion(knowledge, askedSoFar(question, history))) !== 'not-covered';
