/** The conversation as the panel uses it: signals to draw from and the visitor's actions, shown before they are confirmed. */
import { cutText } from '@firstword/shared/cut-text';
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import type { Handshake, Message, TurnEvent } from '@firstword/shared/wire';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import {
  applyMessage,
  applyReplay,
  applyResponder,
  applySessionStart,
  applyTurnEvents,
  missing,
} from './apply-event.ts';
import type { BrowserStore } from './browser-store.ts';
import { type ChatActions, createChatActions } from './chat-actions.ts';
import { type ChatState, emptyChat, sameButText, trimHistory } from './chat-state.ts';
import { type Connection, createConnection } from './connection.ts';
import { createFirstTokenTimer } from './first-token-timer.ts';
import { createFrameBatch } from './frame-batch.ts';
import { createGapRepair } from './gap-repair.ts';
import { createOutbox } from './outbox.ts';
import { discard, newId, retry } from './outgoing.ts';

export interface Chat extends ChatActions {
  state: ReadonlySignal<ChatState>;
  /** Like `state`, but unchanged while only the text of an answer grows. Draw from this unless you draw that text. */
  outline: ReadonlySignal<ChatState>;
  /** What an upload or download over HTTP needs. */
  fileAccess(): { server: string; site: string; session: string | undefined; conversationId: string | undefined };
  connect(): void;
  reconnect(): void;
  send(text: string): void;
  resend(id: string): void;
  /** Removes a failed message and returns its text for the composer. */
  takeBack(id: string): string;
  /** Ends the chat in this window, or continues it. */
  setEnded(ended: boolean): void;
  /** Leaves this conversation for good and starts another. */
  startNew(): void;
  /** For the parts that are fetched on demand: asks the server, and applies the result. */
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
  /** Closes the socket while the page is in the back/forward cache. */
  suspend(): void;
  resume(): void;
  /** Another tab has started a conversation or read this one. */
  syncTabs(): void;
  close(): void;
}

type ChatReport = (...report: ['message', Message] | ['ticket' | 'error', object]) => void;

/** Messages kept in memory after a send. */
const KEPT_MESSAGES = 50;

export function createChat(
  options: Pick<Handshake, 'site' | 'identity' | 'locale' | 'page'> & { server: string },
  store: BrowserStore,
  report: ChatReport,
): Chat {
  const { server, ...given } = options;
  let handshake: Handshake = { ...given, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  const state = signal<ChatState>({
    ...emptyChat,
    readSeq: store.readSeq(),
    outgoing: store.outbox(),
    contact: store.contact(),
    ratedEnd: store.ratedEnd(),
  });
  let outlined = state.peek();
  const outline = computed(() => {
    if (!sameButText(outlined, state.value)) outlined = state.value;
    return outlined;
  });
  /** The session that this tab joined last. */
  let joinedSession: string | undefined;
  let suspended = false;

  function change(next: (state: ChatState) => ChatState) {
    const before = state.value;
    state.value = next(before);
    if (state.value.outgoing !== before.outgoing) store.saveOutbox(state.value.outgoing);
    if (state.value.contact !== before.contact) store.saveContact(state.value.contact);
    if (missing(state.value)) gaps.check();
  }

  const deltas = createFrameBatch<TurnEvent>((events) => change((held) => applyTurnEvents(held, events)));

  /** Discards everything held except unacknowledged messages, and joins again. */
  function resync() {
    const { outgoing, site, mode, readSeq, contact, ratedEnd } = state.value;
    change(() => ({ ...emptyChat, outgoing, site, mode, readSeq, contact, ratedEnd }));
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
        resync();
      },
      events: {
        'session-start': (start) => {
          joinedSession = start.session;
          store.saveSession(start.session);
          // The session now holds the identity. The token is short-lived and would be refused at the next reconnect.
          const { identity: _, ...rest } = handshake;
          handshake = rest;
          change((held) => applySessionStart(held, start));
          const { readSeq } = state.value;
          // Report what was read while disconnected.
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
        resync,
        drain: () => {},
      },
    },
  );
  const firstToken = createFirstTokenTimer(connection);
  const access = {
    read: () => state.value,
    change,
    asked: firstToken.asked,
    failed: (code: string) => report('error', { code }),
  };
  const gaps = createGapRepair(connection, {
    read: access.read,
    replayed: (answer) => change((held) => applyReplay(held, answer)),
    resync,
  });
  const outbox = createOutbox(connection, access);

  return {
    ...createChatActions(connection, store, access),
    state,
    outline,
    ask: connection.ask,
    change,
    fileAccess: () => ({
      server,
      site: given.site,
      session: store.session(),
      conversationId: state.value.conversationId,
    }),
    connect: connection.connect,
    reconnect: connection.reconnect,
    send(text) {
      const trimmed = cutText(text.trim(), MESSAGE_TEXT_MAX);
      if (trimmed === '') return;
      // Sending scrolls to the end, so earlier pages are dropped: they would make every frame slower.
      change((held) => trimHistory(held, KEPT_MESSAGES));
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
    setEnded: (ended) => change((held) => ({ ...held, ended })),
    startNew() {
      store.saveSession(undefined);
      store.saveReadSeq(0);
      const { site, mode, ratedEnd } = state.value;
      change(() => ({ ...emptyChat, site, mode, ratedEnd }));
      connection.reconnect();
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
    firstTokenPainted: firstToken.painted,
    setIdentity(identity) {
      handshake = { ...handshake, identity };
    },
    setLocale(locale) {
      handshake = { ...handshake, locale };
    },
    setPage(page) {
      handshake = { ...handshake, page };
    },
    suspend() {
      suspended = connection.connected() || state.value.connection.kind === 'waiting';
      connection.disconnect();
    },
    resume() {
      if (suspended) connection.connect();
    },
    syncTabs() {
      const readSeq = Math.max(state.value.readSeq, store.readSeq());
      if (readSeq > state.value.readSeq) change((held) => ({ ...held, readSeq }));
      const session = store.session();
      if (joinedSession === undefined || session === undefined || session === joinedSession) return;
      change((held) => ({ ...held, readSeq: store.readSeq() }));
      resync();
    },
    close() {
      deltas.close();
      gaps.close();
      connection.close();
    },
  };
}
