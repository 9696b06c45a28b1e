/** Decides whether the articles cover a question, by the sentence of it that they match best. */
import { clausesOf } from './clauses.ts';
import { sentencesOf, withoutFraming } from './framing.ts';
import type { FoundPassage, Knowledge } from './knowledge.ts';

/** `partly`: the articles are near, and only a model can tell. */
export type Coverage = 'covered' | 'partly' | 'not-covered';

/**
 * Trial: 207 questions of four help centres in four languages, bare, framed by greetings, and behind 200 characters of a
 * complaint, against 200 questions about other things (CLINC). At 0.055 99 % of the former are kept in each form, and 5 % of
 * the latter; at 0.08 99 % and 2 %. (`npm run eval -- coverage`)
 */
const NEAR_FROM = 0.055;
const COVERED_FROM = 0.08;
/**
 * Of a question's meaning, the least that the best article contains. Same trial: up to 0.4 no answerable question is lost, and of the
 * others the largest help centre covers 7 % instead of 14 %; at 0.5 short answerable ones are lost.
 */
const SHARE_FROM = 0.4;
/** A sentence with fewer meaningful words refers to what was said before, or is no question. */
const WORDS_LEAST = 2;
/** Each is a search of a few tenths of a millisecond. Questions come first. */
const SENTENCES_MAX = 6;
/** Of a message of very many, no more are looked at. */
const LOOKED_AT_MAX = 40;

/** @param found the best passages for the question in its conversation */
export function coverageOf(
  knowledge: Pick<Knowledge, 'search' | 'countWords' | 'isForeign' | 'shareIn'>,
  text: string,
  found: readonly FoundPassage[],
): Coverage {
  const own = withoutFraming(text);
  const sentences = sentencesOf(own);
  const isAbout = (part: string) => knowledge.countWords(part).meaningful >= WORDS_LEAST;
  const questions = sentences.filter((sentence) => /[?？؟]/.test(sentence));
  const asking = new Set(questions);
  const telling = [...questions, ...sentences.filter((sentence) => !asking.has(sentence)).reverse()]
    .slice(0, LOOKED_AT_MAX)
    .filter(isAbout)
    .slice(0, SENTENCES_MAX);
  // "And to Spain?" is judged with the question before it.
  if (telling.length === 0) return found.length > 0 ? gradeOf(Math.max(NEAR_FROM, found[0]?.score ?? 0)) : 'partly';
  const clauses = questions
    .slice(0, SENTENCES_MAX)
    .flatMap(clausesOf)
    .slice(0, LOOKED_AT_MAX)
    .filter((clause) => !telling.includes(clause) && knowledge.countWords(clause).known >= WORDS_LEAST)
    .slice(0, SENTENCES_MAX);
  const scoreOf = (part: string) => {
    const [best] = knowledge.search(part, 1);
    if (best === undefined) return 0;
    return knowledge.shareIn(best.articleId, part) < SHARE_FROM ? Math.min(best.score, NEAR_FROM) : best.score;
  };
  const grade = gradeOf(Math.max(...[...telling, ...clauses].map(scoreOf)));
  // Words of another language match by chance only.
  return grade === 'not-covered' && knowledge.isForeign(own) ? 'partly' : grade;
}

function gradeOf(score: number): Coverage {
  if (score >= COVERED_FROM) return 'covered';
  return score >= NEAR_FROM ? 'partly' : 'not-covered';
}
