/** Searches as an answer would, and says why each passage was found. */
import type { SearchTrial } from '@firstword/shared/knowledge';
import { coverageOf } from './coverage.ts';
import { findForQuestion } from './find-for-question.ts';
import type { Knowledge } from './knowledge.ts';

export function explainSearch(knowledge: Knowledge, question: string): SearchTrial {
  const found = findForQuestion(knowledge, { text: question, citedTitles: [] });
  const words = [...new Set(question.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [])];
  const termsOf = (text: string) => new Set(knowledge.weighWords(text).keys());
  return {
    coverage: coverageOf(knowledge, question, found),
    passages: found.map(({ articleId, title, heading, url, text, score, keywords }) => {
      const terms = termsOf(`${title}\n${heading}\n${keywords}\n${text}`);
      return {
        ...{ articleId, title, heading, url, text, score },
        alsoIn: knowledge.translationsOf(articleId),
        matched: words.filter((word) => [...termsOf(word)].some((term) => terms.has(term))),
      };
    }),
  };
}
