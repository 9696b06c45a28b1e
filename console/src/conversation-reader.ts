/** Loads the conversation that is read: its newest messages, earlier ones on request, and its model calls. */
import type { Message } from '@firstword/shared/wire';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Api } from './api.ts';
import {
  applyEarlier,
  applyMessage,
  applyNewest,
  createOpenConversation,
  type OpenConversation,
  withAnswer,
} from './open-conversation.ts';
import type { RunningAnswer } from './running-answer.ts';

export interface ConversationReader {
  readonly current: ReadonlySignal<OpenConversation | undefined>;
  open(id: string | undefined): void;
  /** Reads what was added since. */
  refresh(): Promise<void>;
  /** Adds a message that has just been stored. False when it is known, or not one of the open conversation. */
  add(id: string, message: Message): boolean;
  /** What the assistant is writing now; undefined: nothing. */
  showAnswer(answer: RunningAnswer | undefined): void;
  /** A conversation was deleted: nothing of it stays on the page. */
  erased(id: string): void;
  /** Reads the page of messages before the loaded ones. */
  earlier(): Promise<void>;
  /** Reads earlier pages until this message is loaded. */
  loadTo(seq: number): Promise<void>;
}

type ReaderApi = Pick<Api, 'readConversation' | 'readConversationCalls'>;

export function createConversationReader(api: ReaderApi): ConversationReader {
  const current = signal<OpenConversation | undefined>(undefined);

  const update = (id: string, change: (before: OpenConversation) => OpenConversation) => {
    if (current.value?.id === id) current.value = change(current.value);
  };

  const readNewest = async (id: string) => {
    update(id, (before) => ({ ...before, refreshing: true }));
    const result = await api.readConversation(id);
    if (result.ok) update(id, (before) => applyNewest(before, result.value));
    else if (result.code === 'not-found') update(id, notFound);
    else update(id, (before) => ({ ...before, refreshing: false, failure: result.code }));
    if (!result.ok) return;
    // After the messages, so that they never wait for it.
    const calls = await api.readConversationCalls(id);
    if (calls.ok) update(id, (before) => ({ ...before, calls: calls.value }));
  };

  const reader: ConversationReader = {
    current,
    open(id) {
      if (current.value?.id === id) return;
      current.value = id === undefined ? undefined : createOpenConversation(id);
      if (id !== undefined) void readNewest(id);
    },
    async refresh() {
      if (current.value !== undefined && !current.value.refreshing) await readNewest(current.value.id);
    },
    add(id, message) {
      const open = current.value;
      if (open?.id !== id || open.detail === undefined) return false;
      const isNew = message.seq > (open.detail.messages.at(-1)?.seq ?? 0);
      const next = applyMessage(open, message);
      if (next !== undefined) current.value = next;
      else void reader.refresh();
      return isNew;
    },
    showAnswer(answer) {
      if (current.value !== undefined) current.value = withAnswer(current.value, answer);
    },
    erased: (id) => update(id, notFound),
    async earlier() {
      const { id, detail, earlier } = current.value ?? {};
      const first = detail?.messages[0];
      if (id === undefined || !detail?.earlier || first === undefined || earlier === 'loading') return;
      update(id, (before) => ({ ...before, earlier: 'loading' }));
      const result = await api.readConversation(id, first.seq);
      update(id, (before) => (result.ok ? applyEarlier(before, result.value) : { ...before, earlier: 'failed' }));
    },
    async loadTo(seq) {
      const id = current.value?.id;
      const isMissing = () => {
        const { id: now, detail, earlier } = current.value ?? {};
        return now === id && earlier === 'ready' && detail?.earlier && (detail.messages[0]?.seq ?? 0) > seq;
      };
      while (isMissing()) await reader.earlier();
    },
  };
  return reader;
}

const notFound = ({ id }: OpenConversation): OpenConversation => ({
  ...createOpenConversation(id),
  failure: 'not-found',
});
