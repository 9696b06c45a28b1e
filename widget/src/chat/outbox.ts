/** Sends the visitor's messages in order, one at a time, with the same id until the server has acknowledged or refused each. */
import type { ChatState } from './chat-state.ts';
import type { Connection } from './connection.ts';
import { acknowledge, addOutgoing, newId, refuse } from './outgoing.ts';

export interface Outbox {
  add(text: string): void;
  /** Sends pending messages; called after each connect and each new message. */
  flush(): void;
}

/** Attempts over one open connection before the message is shown as failed. */
const ATTEMPTS = 3;

export function createOutbox(
  connection: Pick<Connection, 'ask' | 'connected'>,
  chat: {
    read(): ChatState;
    change(next: (state: ChatState) => ChatState): void;
    /** An answer was asked for; `sentAt` is when the visitor sent the question, by `performance.now()`. */
    asked(turnId: string, sentAt: number): void;
    failed(code: string): void;
  },
): Outbox {
  const sentAt = new Map<string, number>();
  /** Messages restored from an earlier page view may have been sent already. */
  const tried = new Set(chat.read().outgoing.map(({ id }) => id));
  let sending = false;

  async function deliver(id: string, text: string): Promise<void> {
    const firstTry = !tried.has(id);
    tried.add(id);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const { messages, opening, conversationId } = chat.read();
      const answer = await connection.ask('message-send', {
        id,
        text,
        ...(opening && !messages.length && { opening: opening.id }),
      });
      // Of a conversation that this tab has left meanwhile: the message waits for the next one.
      if (answer && chat.read().conversationId !== conversationId) return;
      if (answer?.ok) {
        const sent = sentAt.get(id);
        sentAt.delete(id);
        if (sent !== undefined && answer.turnId !== undefined) chat.asked(answer.turnId, sent);
        const turnId = firstTry && attempt === 1 ? answer.turnId : undefined;
        return chat.change((state) => acknowledge(state, id, answer.seq, turnId));
      }
      if (answer) {
        chat.failed(answer.code);
        return chat.change((state) => refuse(state, id, answer.code));
      }
      // Disconnected: the message waits for the next connect.
      if (!connection.connected()) return;
    }
    chat.change((state) => refuse(state, id, 'unreachable'));
  }

  async function flush() {
    if (sending) return;
    sending = true;
    for (;;) {
      const next = chat.read().outgoing.find(({ status }) => status === 'pending');
      if (!next || !connection.connected() || chat.read().conversationId === undefined) break;
      await deliver(next.id, next.text);
    }
    sending = false;
  }

  return {
    add(text) {
      const id = newId();
      sentAt.set(id, performance.now());
      chat.change((state) => addOutgoing(state, { id, text, at: Date.now() }));
      void flush();
    },
    flush: () => void flush(),
  };
}
