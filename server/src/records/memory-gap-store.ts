/** Gaps in memory, for unit tests. */
import { randomUUID } from 'node:crypto';
import { GAP_QUESTIONS_SHOWN, type GapStore, pickGap, type UncoveredQuestion } from './gap-store.ts';

interface Gap {
  readonly id: string;
  readonly siteId: string;
  readonly words: readonly string[];
}

export function createMemoryGapStore(): GapStore {
  const gaps = new Map<string, Gap>();
  const questions = new Map<string, UncoveredQuestion & { readonly gapId: string }>();
  const questionsOf = (id: string) =>
    [...questions.values()].filter(({ gapId }) => gapId === id).sort((one, other) => other.at - one.at);
  return {
    async record(question) {
      const { siteId, conversationId, seq, words } = question;
      const key = `${conversationId} ${seq}`;
      if (questions.has(key)) return;
      const known = pickGap(
        [...gaps.values()].filter((gap) => gap.siteId === siteId),
        words,
      );
      const gap = known ?? { id: randomUUID(), siteId, words: [...new Set(words)] };
      gaps.set(gap.id, gap);
      questions.set(key, { ...question, gapId: gap.id });
    },
    async list(siteId, limit) {
      const found = [...gaps.values()].flatMap((gap) => {
        const asked = questionsOf(gap.id);
        const [latest] = asked;
        if (gap.siteId !== siteId || latest === undefined) return [];
        const conversations = asked
          .slice(0, GAP_QUESTIONS_SHOWN)
          .map(({ conversationId: id, question, at }) => ({ id, question, at }));
        return [{ id: gap.id, question: latest.question, count: asked.length, lastAt: latest.at, conversations }];
      });
      return found.sort((one, other) => other.count - one.count || other.lastAt - one.lastAt).slice(0, limit);
    },
    async remove(id, siteIds) {
      if (!siteIds.includes(gaps.get(id)?.siteId ?? '')) return false;
      for (const [key, { gapId }] of questions) if (gapId === id) questions.delete(key);
      return gaps.delete(id);
    },
    async erase(conversationId) {
      for (const [key, question] of questions) if (question.conversationId === conversationId) questions.delete(key);
      for (const id of gaps.keys()) if (questionsOf(id).length === 0) gaps.delete(id);
    },
  };
}
