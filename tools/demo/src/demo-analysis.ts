/**
 * Answers an analysis request by extraction: quotes from the visitor's messages and from articles. Its reasons name the
 * demo engine, so that agents don't mistake the result for a model's judgement.
 */
import type { EngineMessage } from './completion-request.ts';
import type { DemoTriage } from './demo-triage.ts';
import { type PromptArticle, unescapeEntities } from './prompt-reading.ts';
import type { QuoteChoice } from './quote-choice.ts';

/** Characters per field: agents skim an analysis, and the quality tier may write 500 tokens. */
const FIELD_MAX = 160;
const QUOTES_MAX = 2;
const QUOTE_MAX = 200;
/** The proposed reply when no article covers the question: an agent has to answer it. */
const NOTHING_FOUND = 'We have read your message and are looking into it.';

const ARTICLE = /<article id="([^"]*)" title="([^"]*)">\n([\s\S]*?)\n<\/article>/g;
const MESSAGE = /<message seq="(\d+)" from="(\w+)">([\s\S]*?)<\/message>/g;

interface PromptTranscriptMessage {
  readonly seq: string;
  readonly from: string;
  readonly text: string;
}

interface Source extends PromptArticle {
  readonly id: string;
}

export type DemoAnalysis = (messages: readonly EngineMessage[]) => string;

export function createDemoAnalysis(chooseQuotes: QuoteChoice, triage: DemoTriage): DemoAnalysis {
  return (messages) => {
    const prompt = messages.find(({ role }) => role === 'user')?.content ?? '';
    const articles = readArticles(prompt);
    const visitor = readConversation(prompt).filter(({ from }) => from === 'visitor');
    const last = visitor.at(-1) ?? { seq: '1', from: 'visitor', text: '' };
    const { language, sentiment, topic } = triage(last.text);
    const question = { question: last.text, earlierQuestions: visitor.slice(0, -1).map(({ text }) => text), articles };
    const quotes = chooseQuotes(question)
      // Each quote appears twice: as evidence and as a sentence of the reply.
      .filter(({ unit }) => unit.kind === 'sentence' && unit.text.length <= QUOTE_MAX)
      .slice(0, QUOTES_MAX)
      .map(({ article, unit }, index) => ({
        id: `E${index + 2}`,
        kind: 'article',
        sourceId: articles.find(({ n }) => n === article.n)?.id ?? '',
        quote: unit.text,
      }));
    return JSON.stringify({
      reading: {
        summary: shorten(`The visitor writes: "${visitor.map(({ text }) => text).join(' ')}"`),
        visitorGoal: shorten(lastSentence(last.text)),
        category: topic,
        urgency: sentiment === 'negative' ? 'high' : 'normal',
        sentiment,
        language,
      },
      evidence: [{ id: 'E1', kind: 'message', sourceId: last.seq, quote: firstWords(last.text) }, ...quotes],
      reply: {
        language,
        sentences:
          quotes.length === 0
            ? [{ text: NOTHING_FOUND, citations: [] }]
            : quotes.map(({ id, quote }) => ({ text: quote, citations: [id] })),
      },
      confidence: {
        value: quotes.length === 0 ? 0.2 : 0.4,
        reasons: ['The demo engine only quotes: there is no model behind this analysis.'],
      },
      hypotheses:
        quotes.length === 0
          ? []
          : [
              {
                statement: 'The quoted articles cover this.',
                confidence: 0.4,
                evidence: ['E1', ...quotes.map(({ id }) => id)],
              },
            ],
      missingInfo: /\d{4,}/.test(last.text)
        ? []
        : [{ question: 'Which order is this about?', why: 'The visitor gave no order number.' }],
    });
  };
}

function readArticles(prompt: string): Source[] {
  return [...prompt.matchAll(ARTICLE)].map(([, id = '', title = '', text = ''], index) => ({
    n: index + 1,
    id: unescapeEntities(id),
    title: unescapeEntities(title),
    text: unescapeEntities(text),
  }));
}

function readConversation(prompt: string): PromptTranscriptMessage[] {
  return [...prompt.matchAll(MESSAGE)].map(([, seq = '', from = '', text = '']) => ({
    seq,
    from,
    text: unescapeEntities(text),
  }));
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= FIELD_MAX ? line : `${line.slice(0, FIELD_MAX - 1).trimEnd()}…`;
}

/** A quote must match its message exactly, so it is cut between words, without an ellipsis. */
function firstWords(text: string): string {
  if (text.length <= FIELD_MAX) return text;
  return text.slice(0, text.lastIndexOf(' ', FIELD_MAX)).trim();
}

function lastSentence(text: string): string {
  return (
    text
      .trim()
      .split(/(?<=[.!?])\s+/)
      .at(-1) ?? ''
  );
}
