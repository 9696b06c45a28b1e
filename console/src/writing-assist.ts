/** Rewrites or translates the reply that is being written: shown while a model writes it, and then put into the draft. */
import type { WritingTask } from '@firstword/shared/writing-help';
import { type ReadonlySignal, signal } from '@preact/signals';
import { assistTexts } from './texts/assist-texts.ts';
import type { TicketController } from './ticket-controller.ts';
import type { WritingApi } from './writing-api.ts';

export interface WritingAssist {
  /** What a model has written so far; absent while none writes. */
  readonly text: ReadonlySignal<string | undefined>;
  /** Of the reply to the open ticket. */
  start(task: WritingTask): Promise<void>;
  /** What is written so far replaces the draft, which can be undone. */
  stop(): void;
  /** Drops what is being written, before another ticket is opened. */
  leave(): void;
}

export function createWritingAssist(
  api: WritingApi,
  ticket: Pick<TicketController, 'current' | 'rewrite' | 'say'>,
): WritingAssist {
  const text = signal<string | undefined>(undefined);
  let running: AbortController | undefined;

  const end = () => {
    const written = text.value?.trim() ?? '';
    running?.abort();
    running = undefined;
    text.value = undefined;
    return written;
  };
  return {
    text,
    async start(task) {
      const ticketId = ticket.current.value?.ticketId;
      if (ticketId === undefined || running !== undefined) return;
      const run = new AbortController();
      running = run;
      text.value = '';
      const onText = (written: string) => {
        if (running === run) text.value = written;
      };
      const result = await api.write(ticketId, task, onText, run.signal);
      if (running !== run) return;
      const written = end();
      if (result.ok && written !== '') ticket.rewrite(written, assistTexts.done[task.task]);
      else ticket.say({ kind: 'failed', text: result.ok ? assistTexts.brokenOff : assistTexts.failed(result.message) });
    },
    stop() {
      const written = end();
      if (written !== '') ticket.rewrite(written, assistTexts.stopped);
    },
    leave: () => void end(),
  };
}
