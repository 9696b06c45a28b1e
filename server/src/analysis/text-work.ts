/** The text work of an analysis: from a conversation to a prompt, and from a model's answer to a document. Pure. */
import type { AnalysisContent } from '@firstword/shared/analysis';
import type { MaskPolicy } from '@firstword/shared/masking';
import type { StoredVerdict, Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import type { PromptMessage } from '../gateway/chat-call.ts';
import type { FoundPassage } from '../knowledge/knowledge.ts';
import { createFullMask, createMaskFor } from '../masking/mask-policy.ts';
import { digestConversation } from './digest.ts';
import { type AnalysisDocument, buildDocument } from './document.ts';
import { buildAnalysisPrompt, unescapeMarkup } from './prompt.ts';
import { createQuoteFinder } from './quotes.ts';
import { type ReadAnswer, readAnswer } from './read-answer.ts';

export interface TextSources {
  readonly ticket: Ticket;
  readonly messages: readonly Message[];
  readonly passages: readonly FoundPassage[];
  /** What is masked before a model reads it. */
  readonly maskPolicy: MaskPolicy;
}

export interface PromptInput extends TextSources {
  readonly verdict: StoredVerdict | undefined;
  /** Of the site's guidance. */
  readonly rules: readonly string[];
  readonly feedback: string | undefined;
  readonly conversationTokens: number;
}

export interface DocumentInput extends TextSources {
  readonly answer: { readonly parts: Partial<AnalysisContent>; readonly dropped: readonly string[] };
  readonly feedback: string | undefined;
}

/** Each takes one value that a thread can receive, and returns one that it can send. */
export const TEXT_TASKS = {
  buildPrompt({ ticket, messages, passages, maskPolicy, verdict, rules, feedback, conversationTokens }: PromptInput): {
    readonly prompt: PromptMessage[];
    /** How many different values are masked. */
    readonly masked: number;
  } {
    const mask = createMaskFor(maskPolicy, 'analysis');
    const shown = messages.map((message) => ({ ...message, text: mask.hide(message.text) }));
    const finders = passages.map(({ text }) => createQuoteFinder(text));
    const digest = digestConversation(
      shown,
      (text) => finders.some((find) => find(text) !== undefined),
      conversationTokens,
    );
    const prompt = buildAnalysisPrompt({
      ...{ ticket, verdict, digest, passages, rules },
      feedback: feedback && mask.hide(feedback),
    });
    return { prompt, masked: mask.found() };
  },

  readAnswer: (answer: string): ReadAnswer => readAnswer(answer),

  /** Undefined without a usable answer. */
  buildDocument({
    answer,
    ticket,
    messages,
    passages,
    maskPolicy,
    feedback,
  }: DocumentInput): AnalysisDocument | undefined {
    // In the order of the prompt, so that each placeholder names the same data.
    const mask = createMaskFor(maskPolicy, 'analysis');
    for (const { text } of messages) mask.hide(text);
    const masked = mask.found() > 0;
    if (feedback !== undefined) mask.hide(feedback);
    const everything = createFullMask();
    const personalData = messages.some(({ text }) => everything.hide(text) !== text);
    const text = JSON.stringify(answer.parts, (_, value: unknown) =>
      typeof value === 'string' ? mask.reveal(unescapeMarkup(value)) : value,
    );
    const parts: Partial<AnalysisContent> = JSON.parse(text);
    return buildDocument(parts, answer.dropped, { ticket, messages, passages, personalData, masked });
  },
};

export type TextTask = keyof typeof TEXT_TASKS;
export type TextInput<Task extends TextTask> = Parameters<(typeof TEXT_TASKS)[Task]>[0];
export type TextOutput<Task extends TextTask> = ReturnType<(typeof TEXT_TASKS)[Task]>;

/** The same tasks, wherever they run. */
export type TextWork = { readonly [Task in TextTask]: (input: TextInput<Task>) => Promise<TextOutput<Task>> };
