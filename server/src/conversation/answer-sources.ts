/** Finds what an answer may rest on: the site's snippets that concern the question, then passages of its articles. */
import type { Message } from '@firstword/shared/wire';
import { type Coverage, coverageOf } from '../knowledge/coverage.ts';
import { findForQuestion } from '../knowledge/find-for-question.ts';
import { withoutFraming } from '../knowledge/framing.ts';
import type { FoundPassage, Knowledge } from '../knowledge/knowledge.ts';
import { languageName } from '../lib/language-name.ts';
import { askedSoFar } from './asked-so-far.ts';
import type { AnswerGuidance } from './guidance.ts';
import { type Source, toSources } from './prompt.ts';

export interface AnswerSources {
  readonly passages: readonly FoundPassage[];
  readonly sources: readonly Source[];
  readonly coverage: Coverage;
}

/** How a question in another language than the articles is searched for. */
export interface OtherLanguage {
  /** The language of most articles, in English. */
  readonly searchLanguage: string;
  /** @param terms in that language */
  readonly find: (terms: string) => AnswerSources;
}

export interface SourcesQuestion {
  readonly text: string;
  /** Earlier messages, oldest first. */
  readonly history: readonly Message[];
  /** Of the visitor. */
  readonly locale?: string | undefined;
  /** Found before the message was sent; otherwise they are searched for. */
  readonly passages?: readonly FoundPassage[] | undefined;
}

export function findAnswerSources(
  knowledge: Knowledge,
  guidance: AnswerGuidance | undefined,
  { text, history, locale, passages: known }: SourcesQuestion,
): AnswerSources {
  const asked = { ...askedSoFar(text, history), locale };
  const passages = known ?? findForQuestion(knowledge, asked);
  const snippets = (guidance?.snippetsFor(knowledge, asked) ?? []).map(
    ({ title, text: snippet }, at): Source => ({ n: at + 1, title, url: '', text: snippet, outranks: true }),
  );
  const articles = toSources(passages, knowledge.textOf).map((source) => ({
    ...source,
    n: source.n + snippets.length,
  }));
  return {
    passages,
    sources: [...snippets, ...articles],
    coverage: snippets.length > 0 ? 'covered' : coverageOf(knowledge, text, passages),
  };
}

/** Undefined when the articles are in the language of the question, or it can't be told. */
export function otherLanguageOf(
  knowledge: Knowledge,
  guidance: AnswerGuidance | undefined,
  { text }: Pick<SourcesQuestion, 'text'>,
): OtherLanguage | undefined {
  const { mainLanguage } = knowledge;
  if (mainLanguage === undefined || !knowledge.isForeign(withoutFraming(text))) return undefined;
  return {
    searchLanguage: languageName(mainLanguage),
    find: (terms) => findAnswerSources(knowledge, guidance, { text: terms, history: [] }),
  };
}
