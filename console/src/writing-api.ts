/** The REST client of rewriting and translating: a text that arrives while it is written. */
import type { WritingEvent, WritingTask } from '@firstword/shared/writing-help';
import type { Result } from './api-result.ts';
import type { AllSenders } from './senders.ts';
import { assistTexts } from './texts/assist-texts.ts';

export interface WritingApi {
  /** Resolves with the whole text. `onText` has all of it so far. */
  write(
    ticketId: string,
    task: WritingTask,
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<Result<string>>;
}

export function createWritingApi({ sendForLines }: Pick<AllSenders, 'sendForLines'>): WritingApi {
  return {
    async write(ticketId, task, onText, signal) {
      let text = '';
      let isDone = false;
      const result = await sendForLines<WritingEvent>(
        `/writing-help/${encodeURIComponent(ticketId)}`,
        task,
        (event) => {
          if ('text' in event) text += event.text;
          if ('retracted' in event) text = '';
          if ('done' in event) isDone = true;
          onText(text);
        },
        signal,
      );
      if (!result.ok) return result;
      return isDone ? { ok: true, value: text } : { ok: false, code: 'unavailable', message: assistTexts.brokenOff };
    },
  };
}
