/** Composes the demo engine's response to a prompt: a triage verdict, an analysis, or an answer made of quotes. */
import { BENCHMARK_PROMPT } from '@firstword/shared/benchmark-prompt';
import { BENCHMARK_TEXT } from './benchmark-text.ts';
import type { CompletionRequest } from './completion-request.ts';
import { createDemoAnalysis } from './demo-analysis.ts';
import { createDemoTriage } from './demo-triage.ts';
import { createLanguageGuess } from './language-guess.ts';
import { createMeaningReader } from './plain-words.ts';
import { readPrompt } from './prompt-reading.ts';
import { createQuoteChoice } from './quote-choice.ts';
import { createQuotedAnswer } from './quoted-answer.ts';
import { createWordMeaning } from './word-meaning.ts';

export type EngineAnswer = (request: Pick<CompletionRequest, 'messages' | 'response_format'>) => string;

export function createEngineAnswer(): EngineAnswer {
  const read = createMeaningReader(createWordMeaning());
  const guessLanguage = createLanguageGuess();
  const triage = createDemoTriage(read, guessLanguage);
  const chooseQuotes = createQuoteChoice(read);
  const answer = createQuotedAnswer(chooseQuotes, guessLanguage);
  const analyse = createDemoAnalysis(chooseQuotes, triage);
  return ({ messages, response_format }) => {
    const prompt = readPrompt(messages, response_format?.type === 'json_object');
    if (prompt.kind === 'analysis') return analyse(prompt.messages);
    if (prompt.kind === 'chat') return prompt.question === BENCHMARK_PROMPT ? BENCHMARK_TEXT : answer(prompt);
    const { label, sentiment, language, topic, confidence } = triage(prompt.text);
    const verdict = `${label} ${sentiment} ${language} ${topic} ${confidence.toFixed(2)}`;
    if (!prompt.wantsSearchTerms) return verdict;
    // The concepts have English names.
    const terms = read(prompt.text).flatMap(({ key }) => (key.startsWith('#') ? key.slice(1) : []));
    return `${verdict}\nsearch: ${terms.join(' ')}`;
  };
}
