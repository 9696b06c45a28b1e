/** The conversation as the panel uses it: one signal to draw from and the visitor's actions, each shown before it is confirmed. */
import { HISTORY_PAGE_MAX, MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import type { Ack, AckCode, Handshake, Message, TurnEvent } from '@firstword/shared/wire';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import {
  applyHistory,
  applyMessage,
  applyReplay,
  applyResponder,
  applySessionStart,
  applyTurnEvent,
  missing,
} from './apply-event.ts';
import type { BrowserStore } from './browser-store.ts';
import { type ActionFailure, type ChatState, emptyChat, runningTurn, sameButText, trimHistory } from './chat-state.ts';
import { type Connection, createConnection } from './connection.ts';
import { createFrameBatch } from './frame-batch.ts';
import { newId } from './new-id.ts';
import { createOutbox } from './outbox.ts';
import { discard, retry } from './outgoing.ts';

export interface Chat {
  state: ReadonlySignal<ChatState>;
  /** The same, but still while an answer only grows: what shows no running text draws from this. */
  outline: ReadonlySignal<ChatState>;
  /** Where files go, and in whose name. */
  place(): { server: string; site: string; session: string | undefined; conversationId: string | undefined };
  connect(): void;
  reconnect(): void;
  send(text: string): void;
  resend(id: string): void;
  /** Takes a failed message back; returns its text for the composer. */
  takeBack(id: string): string;
  stop(): void;
  retryTurn(turnId: string): void;
  requestPerson(): Promise<boolean>;
  /** Notes where an answer goes when the visitor has left; undefined when it is noted, otherwise why not. */
  setContact(email: string): Promise<AckCode | 'unreachable' | undefined>;
  /** `key` is that of the answer's row, where a failure is shown. */
  rate(key: string, messageId: string, value: 'up' | 'down', reason?: string): void;
  /** Judges an end of the conversation, 1 (worst) to 5; true when the server has it. */
  judge(end: string, score: number, comment?: string): Promise<boolean>;
  /** Ends the chat in this window, or takes that back. */
  setEnded(ended: boolean): void;
  /** Leaves this conversation behind for good and begins another. */
  startAnew(): void;
  showEarlier(): Promise<void>;
  /** The whole conversation, earlier pages included; undefined when one of them did not come. */
  readAll(): Promise<readonly Message[] | undefined>;
  /** For the parts that are fetched when they are wanted: asks the server, and shows what has come of it. */
  ask: Connection['ask'];
  change(next: (state: ChatState) => ChatState): void;
  typing(on: boolean): void;
  /** All messages up to the last are on screen. */
  markRead(): void;
  /** The first text of a turn is painted. */
  firstTokenPainted(turnId: string): void;
  setIdentity(token: string): void;
  setLocale(locale: string): void;
  setPage(page: { url: string; title?: string }): void;
  /** The page is put aside: no link until it is woken. */
  rest(): void;
  wake(): void;
  /** Another tab has begun a conversation or read this one. */
  syncTabs(): void;
  close(): void;
}

type ChatReport = (...report: ['message', Message] | ['ticket' | 'error', object]) => void;

const REPLAY_PAUSE_MS = 400;
const HISTORY_PAGE = 30;
const HELD = 50;

export function createChat(
  place: Pick<Handshake, 'site' | 'identity' | 'locale' | 'page'> & { server: string },
  store: BrowserStore,
  report: ChatReport,
): Chat {
  const { server, ...known } = place;
  let handshake: Handshake = { ...known, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  const state = signal<ChatState>({
    ...emptyChat,
    readSeq: store.readSeq(),
    outgoing: store.outbox(),
    contact: store.contact(),
    judged: store.judged(),
  });
  let outlined = state.peek();
  const outline = computed(() => {
    if (!sameButText(outlined, state.value)) outlined = state.value;
    return outlined;
  });
  /** When the visitor asked for each answer, by turn id and `performance.now()`. */
  const askedAt = new Map<string, number>();
  let replayTimer: ReturnType<typeof setTimeout> | undefined;
  let replaying = false;
  /** The session that this tab has last joined. */
  let joined: string | undefined;
  let resting = false;

  function change(next: (state: ChatState) => ChatState) {
    const before = state.value;
    state.value = next(before);
    if (state.value.outgoing !== before.outgoing) store.saveOutbox(state.value.outgoing);
    if (state.value.contact !== before.contact) store.saveContact(state.value.contact);
    if (missing(state.value)) void heal();
  }

  const deltas = createFrameBatch<TurnEvent>((events) => change((held) => events.reduce(applyTurnEvent, held)));

  /** One replay at a time; what is still missing afterwards is asked for again after a pause. */
  async function heal() {
    const request = missing(state.value);
    if (replaying || replayTimer !== undefined || !request || !connection.connected()) return;
    replaying = true;
    const answer = await connection.ask('replay', request);
    replaying = false;
    if (answer?.ok && answer.resync) return startOver();
    if (answer?.ok) change((held) => applyReplay(held, answer));
    if (!missing(state.value)) return;
    clearTimeout(replayTimer);
    replayTimer = setTimeout(() => {
      replayTimer = undefined;
      void heal();
    }, REPLAY_PAUSE_MS);
  }

  /** Nothing held is valid any more, except what the visitor wrote and nobody has acknowledged. */
  function startOver() {
    const { outgoing, site, mode, readSeq, contact, judged } = state.value;
    change(() => ({ ...emptyChat, outgoing, site, mode, readSeq, contact, judged }));
    connection.reconnect();
  }

  const connection = createConnection(
    server,
    () => {
      const session = store.session();
      return { ...handshake, ...(session && { session }) };
    },
    {
      state(link) {
        if (typeof link === 'string') return change((held) => ({ ...held, connection: { kind: link } }));
        change((held) => ({ ...held, connection: { kind: 'refused', ...link } }));
        report('error', { code: link.code });
        if (link.code !== 'session-expired' || store.session() === undefined) return;
        store.saveSession(undefined);
        startOver();
      },
      events: {
        'session-start': (start) => {
          joined = start.session;
          store.saveSession(start.session);
          // The session now carries it; a token is minutes old at the next reconnect and would be refused.
          const { identity: _, ...rest } = handshake;
          handshake = rest;
          change((held) => applySessionStart(held, start));
          const { readSeq } = state.value;
          // What was read while there was no link.
          if (readSeq > (start.readSeq ?? readSeq)) void connection.ask('read', { seq: readSeq });
          outbox.flush();
        },
        message(message) {
          deltas.flush();
          const fresh = !state.value.messages.some(({ seq }) => seq === message.seq);
          change((held) => applyMessage(held, message));
          if (fresh) report('message', message);
        },
        'turn-event'(event) {
          deltas.add(event);
          if (event.type !== 'text-delta') deltas.flush();
        },
        responder(responder) {
          const before = state.value.responder.ticketId;
          change((held) => applyResponder(held, responder));
          if (responder.ticketId && responder.ticketId !== before) report('ticket', responder);
        },
        read: ({ seq }) => change((held) => (seq > held.readSeq ? { ...held, readSeq: seq } : held)),
        typing: ({ on }) => change((held) => ({ ...held, agentTyping: on })),
        resync: startOver,
        drain: () => {},
      },
    },
  );
  const outbox = createOutbox(connection, {
    read: () => state.value,
    change,
    asked: (turnId, sentAt) => askedAt.set(turnId, sentAt),
    failed: (code) => report('error', { code }),
  });

  /** Asks for something at one answer; what fails is shown there. Undefined unless it succeeded. */
  async function act<T extends object>(
    key: string,
    action: ActionFailure['action'],
    ask: () => Promise<Ack<T> | undefined>,
  ): Promise<T | undefined> {
    change(({ actionFailures: { [key]: _, ...others }, ...held }) => ({ ...held, actionFailures: others }));
    const answer = await ask();
    if (answer?.ok) return answer;
    const code = answer?.code ?? 'unreachable';
    change((held) => ({ ...held, actionFailures: { ...held.actionFailures, [key]: { action, code } } }));
    report('error', { code });
    return undefined;
  }

  return {
    state,
    outline,
    ask: connection.ask,
    change,
    place: () => ({
      server,
      site: known.site,
      session: store.session(),
      conversationId: state.value.conversationId,
    }),
    connect: connection.connect,
    reconnect: connection.reconnect,
    send(text) {
      const trimmed = text.trim().slice(0, MESSAGE_TEXT_MAX);
      if (trimmed === '') return;
      // Whoever writes is at the end; what was fetched above would only make every frame dearer.
      change((held) => trimHistory(held, HELD));
      outbox.add(trimmed);
      connection.connect();
    },
    resend(id) {
      const conflict = state.value.outgoing.find((message) => message.id === id)?.code === 'conflict';
      change((held) => retry(held, id, conflict ? newId() : id));
      connection.connect();
      outbox.flush();
    },
    takeBack(id) {
      const text = state.value.outgoing.find((message) => message.id === id)?.text ?? '';
      change((held) => discard(held, id));
      return text;
    },
    stop() {
      const turn = runningTurn(state.value);
      if (turn) void act(turn.turnId, 'stop', () => connection.ask('turn-stop', { turnId: turn.turnId }));
    },
    async retryTurn(turnId) {
      const asked = performance.now();
      const answer = await act(turnId, 'again', () => connection.ask('turn-retry', { turnId }));
      if (answer) askedAt.set(answer.turnId, asked);
    },
    async requestPerson() {
      const answer = await connection.ask('person-request', {});
      if (!answer?.ok) report('error', { code: answer?.code ?? 'unreachable' });
      return answer?.ok ?? false;
    },
    async setContact(email) {
      const { ticketId } = state.value.responder;
      const answer = await connection.ask('contact-set', { email });
      if (!answer?.ok) {
        const code = answer?.code ?? 'unreachable';
        report('error', { code });
        return code;
      }
      const contact = { email, ...(ticketId !== undefined && { ticketId }) };
      change((held) => ({ ...held, contact }));
      return undefined;
    },
    async rate(key, messageId, value, reason) {
      const before = state.value.ratings;
      change((held) => ({ ...held, ratings: { ...held.ratings, [messageId]: value } }));
      const rating = { messageId, value, ...(reason && { reason }) };
      const answer = await act(key, value, () => connection.ask('rating-set', rating));
      if (!answer) change((held) => ({ ...held, ratings: before }));
    },
    async judge(end, score, comment) {
      const answer = await connection.ask('conversation-rate', { score, ...(comment && { comment }) });
      if (!answer?.ok) {
        report('error', { code: answer?.code ?? 'unreachable' });
        return false;
      }
      change((held) => ({ ...held, judged: end }));
      store.saveJudged(end);
      return true;
    },
    setEnded(ended) {
      change((held) => ({ ...held, ended }));
    },
    startAnew() {
      store.saveSession(undefined);
      store.saveReadSeq(0);
      const { site, mode, judged } = state.value;
      change(() => ({ ...emptyChat, site, mode, judged }));
      connection.reconnect();
    },
    async showEarlier() {
      const answer = await connection.ask('history-read', { beforeSeq: state.value.firstSeq, limit: HISTORY_PAGE });
      if (answer?.ok) change((held) => applyHistory(held, answer.messages));
    },
    async readAll() {
      const { messages, firstSeq } = state.value;
      const earlier: Message[] = [];
      for (let beforeSeq = firstSeq; beforeSeq > 1; ) {
        const answer = await connection.ask('history-read', { beforeSeq, limit: HISTORY_PAGE_MAX });
        const first = answer?.ok ? answer.messages[0] : undefined;
        if (!answer?.ok || first === undefined) return undefined;
        earlier.unshift(...answer.messages);
        beforeSeq = first.seq;
      }
      return [...earlier, ...messages];
    },
    typing(on) {
      if (state.value.responder.responder === 'agent') void connection.ask('typing', { on });
    },
    markRead() {
      const seq = state.value.messages.at(-1)?.seq ?? 0;
      if (seq <= state.value.readSeq) return;
      change((held) => ({ ...held, readSeq: seq }));
      store.saveReadSeq(seq);
      void connection.ask('read', { seq });
    },
    firstTokenPainted(turnId) {
      const from = askedAt.get(turnId);
      if (from === undefined) return;
      askedAt.delete(turnId);
      void connection.ask('first-token-seen', { turnId, ms: Math.round((performance.now() - from) * 10) / 10 });
    },
    setIdentity(identity) {
      handshake = { ...handshake, identity };
    },
    setLocale(locale) {
      handshake = { ...handshake, locale };
    },
    setPage(page) {
      handshake = { ...handshake, page };
    },
    rest() {
      resting = connection.connected() || state.value.connection.kind === 'waiting';
      connection.rest();
    },
    wake() {
      if (resting) connection.connect();
    },
    syncTabs() {
      const readSeq = Math.max(state.value.readSeq, store.readSeq());
      if (readSeq > state.value.readSeq) change((held) => ({ ...held, readSeq }));
      const session = store.session();
      if (joined === undefined || session === undefined || session === joined) return;
      change((held) => ({ ...held, readSeq: store.readSeq() }));
      startOver();
    },
    close() {
      deltas.close();
      clearTimeout(replayTimer);
      connection.close();
    },
  };
}
