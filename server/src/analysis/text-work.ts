/** The text work of an analysis: from a conversation to a prompt, and from a model's answer to a document. Pure. */
import type { AnalysisContent } from '@firstword/shared/analysis';
import type { StoredVerdict, Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import type { PromptMessage } from '../gateway/chat-call.ts';
import type { FoundPassage } from '../knowledge/knowledge.ts';
import { digestConversation } from './digest.ts';
import { type AnalysisDocument, buildDocument } from './document.ts';
import { createMask } from './mask.ts';
import { buildAnalysisPrompt, unescapeMarkup } from './prompt.ts';
import { createQuoteFinder } from './quotes.ts';
import { type ReadAnswer, readAnswer } from './read-answer.ts';

export interface TextSources {
  readonly ticket: Ticket;
  readonly messages: readonly Message[];
  readonly passages: readonly FoundPassage[];
  /** Whether personal data is masked before a model reads it. */
  readonly masks: boolean;
}

export interface PromptInput extends TextSources {
  readonly verdict: StoredVerdict | undefined;
  readonly feedback: string | undefined;
  readonly conversationTokens: number;
}

export interface DocumentInput extends TextSources {
  readonly answer: { readonly parts: Partial<AnalysisContent>; readonly dropped: readonly string[] };
  readonly feedback: string | undefined;
}

/** Each takes one value that a thread can receive, and returns one that it can send. */
export const TEXT_TASKS = {
  buildPrompt({
    ticket,
    messages,
    passages,
    masks,
    verdict,
    feedback,
    conversationTokens,
  }: PromptInput): PromptMessage[] {
    const mask = createMask();
    const shown = masks ? messages.map((message) => ({ ...message, text: mask.hide(message.text) })) : messages;
    const finders = passages.map(({ text }) => createQuoteFinder(text));
    const digest = digestConversation(
      shown,
      (text) => finders.some((find) => find(text) !== undefined),
      conversationTokens,
    );
    return buildAnalysisPrompt({
      ...{ ticket, verdict, digest, passages },
      feedback: feedback !== undefined && masks ? mask.hide(feedback) : feedback,
    });
  },

  readAnswer: (answer: string): ReadAnswer => readAnswer(answer),

  /** Undefined without a usable answer. */
  buildDocument({ answer, ticket, messages, passages, masks, feedback }: DocumentInput): AnalysisDocument | undefined {
    // In the order of the prompt, so that each placeholder names the same data.
    const mask = createMask();
    for (const { text } of messages) mask.hide(text);
    const personalData = mask.found() > 0;
    if (feedback !== undefined) mask.hide(feedback);
    const reveal = (value: string) => (masks ? mask.reveal(value) : value);
    const text = JSON.stringify(answer.parts, (_, value: unknown) =>
      typeof value === 'string' ? reveal(unescapeMarkup(value)) : value,
    );
    const parts: Partial<AnalysisContent> = JSON.parse(text);
    const masked = masks && personalData;
    return buildDocument(parts, answer.dropped, { ticket, messages, passages, personalData, masked });
  },
};

export type TextTask = keyof typeof TEXT_TASKS;
export type TextInput<Task extends TextTask> = Parameters<(typeof TEXT_TASKS)[Task]>[0];
export type TextOutput<Task extends TextTask> = ReturnType<(typeof TEXT_TASKS)[Task]>;

/** The same tasks, wherever they run. */
export type TextWork = { readonly [Task in TextTask]: (input: TextInput<Task>) => Promise<TextOutput<Task>> };
