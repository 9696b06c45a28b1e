/** Sends what the visitor types before they send it: when they pause, and at most twice a message. */
import type { Ack } from '@firstword/shared/wire-refusals';
import { isQuestion, isWorthAsking } from './is-worth-asking.ts';
import { createRhythm } from './rhythm.ts';

export interface DraftSender {
  /** The text has changed at `at`, by any clock in milliseconds. `isKey`: by one key that added a character. */
  typed(text: string, at: number, isKey: boolean): void;
  /** An input method composes a word, which is not text yet. */
  composing(): void;
  /** The message was sent, or the field was emptied. */
  reset(): void;
}

/** Drafts of one message that are sent; the server answers few of them, because it knows the words of the articles. */
const SENDS_MAX = 8;
/** After a refusal that names no time. */
const REFUSED_MS = 30_000;

/** Given, not imported: this file must share no module with the panel's, or the build splits that. */
export interface DraftSenderParts {
  ask(text: string): Promise<Ack<{ prepared: boolean }> | undefined>;
  /** Asked before each send. */
  maySend(): boolean;
  readonly textMax: number;
  readonly draftsPerMessage: number;
}

export function createDraftSender({ ask, maySend, textMax, draftsPerMessage }: DraftSenderParts): DraftSender {
  const rhythm = createRhythm();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keyAt: number | undefined;
  let before = '';
  let last = '';
  let sends = 0;
  let prepared = 0;
  /** Counts messages, because an acknowledgement may come after the next one has begun. */
  let message = 0;
  let refusedUntil = 0;

  async function send(text: string) {
    if (!maySend() || performance.now() < refusedUntil) return;
    const of = message;
    last = text;
    sends += 1;
    const answer = await ask(text);
    if (answer?.ok && answer.prepared && of === message) prepared += 1;
    if (answer?.ok === false) refusedUntil = performance.now() + (answer.retryAfterMs ?? REFUSED_MS);
  }

  return {
    typed(text, at, isKey) {
      clearTimeout(timer);
      // The pause between two words is for thinking, not part of the rhythm.
      if (isKey && keyAt !== undefined && /\S$/.test(before)) rhythm.add(at - keyAt);
      keyAt = isKey ? at : undefined;
      before = text;
      if (sends >= SENDS_MAX || prepared >= draftsPerMessage) return;
      if (text === last || text.length > textMax || !isWorthAsking(text)) return;
      if (isQuestion(text)) void send(text);
      else timer = setTimeout(send, rhythm.pauseMs(), text);
    },
    composing() {
      clearTimeout(timer);
      keyAt = undefined;
    },
    reset() {
      clearTimeout(timer);
      keyAt = undefined;
      [before, last, sends, prepared] = ['', '', 0, 0];
      message += 1;
    },
  };
}
