/** Finds passages for what a visitor asks in the course of a conversation. */
import type { FoundPassage, Knowledge } from './knowledge.ts';
import { inOneLanguage } from './passages.ts';
import { type AskedSoFar, questionParts } from './question-parts.ts';

/** Articles that an answer gets. Six hold the right one for 91 % of the questions of docs/evaluation.md, four passages 82 %. */
const ARTICLES_FOUND = 6;

/** Best first, each of another article. Several questions in one message share the places. */
export function findForQuestion(
  knowledge: Pick<Knowledge, 'search'>,
  asked: AskedSoFar,
  limit = ARTICLES_FOUND,
): FoundPassage[] {
  const found = questionParts(asked).map((parts) => knowledge.search(parts, limit, asked.locale));
  const [whole = [], ...single] = found;
  if (single.length === 0) return whole;
  const best = new Map<string, FoundPassage>();
  for (let place = 0; place < limit; place++)
    for (const passages of [...single, whole]) {
      const passage = passages[place];
      if (passage !== undefined && !best.has(passage.articleId)) best.set(passage.articleId, passage);
    }
  return inOneLanguage([...best.values()]).slice(0, limit);
}
