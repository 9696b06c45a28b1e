/** Builds what is searched for from a conversation: its last question counts most, then the one before, then what was cited. */
import { sentencesOf, withoutFraming } from './framing.ts';
import type { WeightedText } from './knowledge.ts';

export interface AskedSoFar {
  readonly text: string;
  /** The visitor's previous message. */
  readonly before?: string | undefined;
  /** Titles of the articles that the last answer cited. */
  readonly citedTitles: readonly string[];
  /** Of the visitor, for a question whose language can't be told. */
  readonly locale?: string | undefined;
}

/** Chosen on the follow-ups of test-data/retrieval, and on questions behind 200 to 2,000 characters of a complaint. */
const WEIGHT = { lastQuestion: 1, earlierQuestion: 0.6, told: 0.2, before: 0.4, cited: 0.2 };
/** A longer message is a story with a question in it. */
const LONG_CHARS = 200;
/** What a long story tells counts less in total: its sentences share what this many characters would weigh. */
const TOLD_CHARS = 80;
/** Of the previous message, its end. */
const BEFORE_CHARS = 1000;
const QUESTIONS_MAX = 3;
/** Of a story; the others count as one. */
const SENTENCES_MAX = 40;
const QUESTION_END = /[?？؟]["'”»)\]]*$/u;

/** The whole message first, then each of its questions if there are several, the last one first. */
export function questionParts({ text, before, citedTitles }: AskedSoFar): WeightedText[][] {
  const own = withoutFraming(text);
  const sentences = sentencesOf(own);
  const questions = sentences.filter((sentence) => QUESTION_END.test(sentence));
  const context: WeightedText[] = [
    ...(before === undefined ? [] : [{ text: withoutFraming(before).slice(-BEFORE_CHARS), weight: WEIGHT.before }]),
    ...citedTitles.map((title) => ({ text: title, weight: WEIGHT.cited })),
  ];
  const isStory = own.length > LONG_CHARS && questions.length > 0 && questions.length < sentences.length;
  const whole = isStory ? weighStory(sentences, questions, own.length) : [{ text: own, weight: 1 }];
  const single = questions.length < 2 ? [] : questions.slice(-QUESTIONS_MAX).reverse();
  return [whole, ...single.map((question) => [{ text: question, weight: 1 }])].map((parts) => [...parts, ...context]);
}

function weighStory(sentences: readonly string[], questions: readonly string[], length: number): WeightedText[] {
  const told = Math.min(WEIGHT.told, TOLD_CHARS / length);
  const last = questions.at(-1);
  const asked = new Set(questions);
  const weightOf = (sentence: string) =>
    sentence === last ? WEIGHT.lastQuestion : asked.has(sentence) ? WEIGHT.earlierQuestion : told;
  const weighed = sentences
    .map((sentence) => ({ text: sentence, weight: weightOf(sentence) }))
    .sort((a, b) => b.weight - a.weight);
  const rest = weighed.slice(SENTENCES_MAX);
  if (rest.length === 0) return weighed;
  return [...weighed.slice(0, SENTENCES_MAX), { text: rest.map(({ text }) => text).join(' '), weight: told }];
}
