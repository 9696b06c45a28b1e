/** Translations of the messages of the open ticket. They are kept until another ticket is opened. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { assistTexts } from './texts/assist-texts.ts';
import type { TicketController } from './ticket-controller.ts';
import type { WritingApi } from './writing-api.ts';

export interface Translation {
  /** What is translated so far. */
  readonly text: string;
  readonly isShown: boolean;
}

export interface MessageTranslations {
  /** By message id. */
  readonly byMessage: ReadonlySignal<ReadonlyMap<string, Translation>>;
  /** Translates a message, or shows its original or its translation again. */
  toggle(message: { readonly id: string; readonly text: string }, to: string): Promise<void>;
  leave(): void;
}

export function createMessageTranslations(
  api: WritingApi,
  ticket: Pick<TicketController, 'current' | 'say'>,
): MessageTranslations {
  const byMessage = signal<ReadonlyMap<string, Translation>>(new Map());
  let leaving = new AbortController();
  const set = (id: string, translation: Translation | undefined) => {
    const next = new Map(byMessage.value);
    if (translation === undefined) next.delete(id);
    else next.set(id, translation);
    byMessage.value = next;
  };
  return {
    byMessage,
    async toggle({ id, text }, to) {
      const ticketId = ticket.current.value?.ticketId;
      const known = byMessage.value.get(id);
      if (known !== undefined) return set(id, { ...known, isShown: !known.isShown });
      if (ticketId === undefined) return;
      const { signal: left } = leaving;
      set(id, { text: '', isShown: true });
      const onText = (written: string) => {
        if (!left.aborted) set(id, { text: written, isShown: byMessage.value.get(id)?.isShown ?? true });
      };
      const result = await api.write(ticketId, { task: 'translate', text, to }, onText, left);
      if (left.aborted || result.ok) return;
      set(id, undefined);
      ticket.say({ kind: 'failed', text: assistTexts.failed(result.message) });
    },
    leave() {
      leaving.abort();
      leaving = new AbortController();
      byMessage.value = new Map();
    },
  };
}
