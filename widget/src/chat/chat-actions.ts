/** The visitor's requests to the server other than messages. A failure is shown at the answer it concerns, or returned. */
import type { Ack, AckCode } from '@firstword/shared/wire-refusals';
import { applyHistory } from './apply-event.ts';
import type { BrowserStore } from './browser-store.ts';
import { type ActionFailure, type ChatState, runningTurn } from './chat-state.ts';
import type { Connection } from './connection.ts';
import { discard } from './outgoing.ts';

export interface ChatActions {
  stop(): void;
  retryTurn(turnId: string): void;
  /** Asks for an agent; true once the server has accepted the request. */
  requestAgent(): Promise<boolean>;
  /** Saves where to reply once the visitor has left; returns why it failed, or undefined. */
  setContact(email: string): Promise<AckCode | 'unreachable' | undefined>;
  /** `key` is that of the answer's row, where a failure is shown. */
  rateAnswer(key: string, messageId: string, value: 'up' | 'down', reason?: string): void;
  /** Rates the conversation from 1 (worst) to 5; true once the server has saved it. `end` names the end it is about. */
  rateConversation(end: string, score: number, comment?: string): Promise<boolean>;
  showEarlier(): Promise<void>;
  /** Removes a failed message and returns its text for the composer. */
  takeBack(id: string): string;
  /** Ends the chat in this window, or continues it. */
  setEnded(ended: boolean): void;
  typing(on: boolean): void;
  /** All messages up to the last are on screen. */
  markRead(): void;
}

const HISTORY_PAGE = 30;

export function createChatActions(
  connection: Pick<Connection, 'ask'>,
  store: Pick<BrowserStore, 'saveVisitor'>,
  chat: {
    read(): ChatState;
    change(next: (state: ChatState) => ChatState): void;
    /** An answer was asked for at `at`, by `performance.now()`. */
    asked(turnId: string, at: number): void;
    failed(code: string): void;
  },
): ChatActions {
  const { read, change, failed } = chat;
  let isRetrying = false;
  let requesting: Promise<boolean> | undefined;

  /** Runs an action on one answer and shows a failure there. Returns undefined unless it succeeded. */
  async function act<T extends object>(
    key: string,
    action: ActionFailure['action'],
    ask: () => Promise<Ack<T> | undefined>,
  ): Promise<T | undefined> {
    change(({ actionFailures: { [key]: _, ...others }, ...state }) => ({ ...state, actionFailures: others }));
    const answer = await ask();
    if (answer?.ok) return answer;
    const code = answer?.code ?? 'unreachable';
    change((state) => ({ ...state, actionFailures: { ...state.actionFailures, [key]: { action, code } } }));
    failed(code);
    return undefined;
  }

  return {
    stop() {
      const turn = runningTurn(read());
      if (turn) void act(turn.turnId, 'stop', () => connection.ask('turn-stop', { turnId: turn.turnId }));
    },
    async retryTurn(turnId) {
      // A double click retries once.
      if (isRetrying) return;
      isRetrying = true;
      const at = performance.now();
      const answer = await act(turnId, 'retry', () => connection.ask('turn-retry', { turnId }));
      isRetrying = false;
      if (answer) chat.asked(answer.turnId, at);
    },
    requestAgent() {
      requesting ??= connection.ask('person-request', {}).then((answer) => {
        requesting = undefined;
        if (!answer?.ok) failed(answer?.code ?? 'unreachable');
        return answer?.ok ?? false;
      });
      return requesting;
    },
    async setContact(email) {
      const { ticketId } = read().responder;
      const answer = await connection.ask('contact-set', { email });
      if (!answer?.ok) {
        const code = answer?.code ?? 'unreachable';
        failed(code);
        return code;
      }
      const contact = { email, confirmed: !answer.confirm, ...(ticketId !== undefined && { ticketId }) };
      change((state) => ({ ...state, contact }));
      return undefined;
    },
    async rateAnswer(key, messageId, value, reason) {
      const before = read().ratings;
      change((state) => ({ ...state, ratings: { ...state.ratings, [messageId]: value } }));
      const rating = { messageId, value, ...(reason && { reason }) };
      const answer = await act(key, value, () => connection.ask('rating-set', rating));
      if (!answer) change((state) => ({ ...state, ratings: before }));
    },
    async rateConversation(end, score, comment) {
      const answer = await connection.ask('conversation-rate', { score, ...(comment && { comment }) });
      if (!answer?.ok) {
        failed(answer?.code ?? 'unreachable');
        return false;
      }
      change((state) => ({ ...state, ratedEnd: end }));
      store.saveVisitor({ ratedEnd: end });
      return true;
    },
    takeBack(id) {
      const text = read().outgoing.find((message) => message.id === id)?.text ?? '';
      change((state) => discard(state, id));
      return text;
    },
    setEnded: (ended) => change((state) => ({ ...state, ended })),
    typing(on) {
      if (read().responder.responder === 'agent') void connection.ask('typing', { on });
    },
    markRead() {
      const seq = read().messages.at(-1)?.seq ?? 0;
      if (seq <= read().readSeq) return;
      change((state) => ({ ...state, readSeq: seq }));
      store.saveVisitor({ readSeq: seq });
      void connection.ask('read', { seq });
    },
    async showEarlier() {
      const answer = await connection.ask('history-read', { beforeSeq: read().firstSeq, limit: HISTORY_PAGE });
      if (answer?.ok) change((state) => applyHistory(state, answer.messages));
    },
  };
}
