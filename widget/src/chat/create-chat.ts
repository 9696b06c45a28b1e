/** The conversation as the panel uses it: signals to draw from and the visitor's actions, shown before they are confirmed. */
import type { Handshake } from '@firstword/shared/handshake';
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import type { TurnEvent } from '@firstword/shared/wire';
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { cut } from '../cut.ts';
import { applyReplay, applySessionStart, applyTurnEvents, missing } from './apply-event.ts';
import type { BrowserStore, TabState } from './browser-store.ts';
import { type ChatActions, createChatActions } from './chat-actions.ts';
import { type ChatReport, createChatEvents } from './chat-events.ts';
import { type ChatState, emptyChat, leaveConversation, sameButText, trimHistory } from './chat-state.ts';
import { type Connection, createConnection } from './connection.ts';
import { createFirstTokenTimer } from './first-token-timer.ts';
import { createFrameBatch } from './frame-batch.ts';
import { createGapRepair } from './gap-repair.ts';
import { createHandshake } from './handshake.ts';
import { createOutbox } from './outbox.ts';
import { followTab, newId, retry } from './outgoing.ts';

export interface Chat extends ChatActions {
  state: ReadonlySignal<ChatState>;
  /** Like `state`, but unchanged while only the text of an answer grows. Draw from this unless you draw that text. */
  outline: ReadonlySignal<ChatState>;
  /** The text in the composer, kept over a page load. */
  draft: Signal<string>;
  /** The form before the first message as far as it is filled in, kept over a page load. */
  form(): TabState['form'];
  keepForm(form: TabState['form']): void;
  /** What an upload or download over HTTP needs. */
  fileAccess(): { server: string; site: string; session: string | undefined; conversationId: string | undefined };
  connect(): void;
  reconnect(): void;
  send(text: string): void;
  resend(id: string): void;
  /** Leaves this conversation for another one of the visitor's, or for a new one. */
  switchTo(conversationId?: string): void;
  /** Everything that was stored of the visitor is deleted. */
  forget(): void;
  /** For the parts that are fetched on demand: asks the server, and applies the result. */
  ask: Connection['ask'];
  change(next: (state: ChatState) => ChatState): void;
  /** The first text of a turn is drawn, and painted with this frame. */
  firstTokenDrawn(turnId: string): void;
  /** The site's own id of the visitor, as far as this page knows it. */
  subject(): string | undefined;
  /** A token of the same visitor; another visitor needs another chat. */
  identify(token: string): void;
  setLocale(locale: string): void;
  setPage(page: { url: string; title?: string }): void;
  /** Closes the socket while the page is in the back/forward cache. */
  suspend(): void;
  resume(): void;
  /** Another tab has started a conversation or read this one. */
  syncTabs(): void;
  close(): void;
}

/** Messages kept in memory after a send. */
const KEPT_MESSAGES = 50;

export function createChat(
  options: Pick<Handshake, 'site' | 'identity' | 'locale' | 'page'> & { server: string },
  store: BrowserStore,
  report: ChatReport,
  root: ShadowRoot,
): Chat {
  const { server, ...given } = options;
  const handshake = createHandshake(given, store);
  const { readSeq, ratedEnd } = store.visitor();
  const { outbox: outgoing, contact, draft: draftBefore } = store.tab();
  const state = signal<ChatState>({ ...emptyChat, readSeq, ratedEnd, outgoing, contact });
  const draft = signal(draftBefore);
  const stopSaving = effect(() => {
    if (draft.value !== store.tab().draft) store.saveTab({ draft: draft.value });
  });
  let outlined = state.peek();
  const outline = computed(() => {
    if (!sameButText(outlined, state.value)) outlined = state.value;
    return outlined;
  });
  /** What this tab joined last. */
  let joined: { session: string; conversationId: string } | undefined;
  let suspended = false;
  let closed = false;

  function change(next: (state: ChatState) => ChatState) {
    // A late answer must not reach the store, which may belong to another visitor by then.
    if (closed) return;
    const before = state.value;
    state.value = next(before);
    if (state.value.outgoing !== before.outgoing) store.saveTab({ outbox: state.value.outgoing });
    if (state.value.contact !== before.contact) store.saveTab({ contact: state.value.contact });
    if (missing(state.value)) gaps.check();
  }

  const deltas = createFrameBatch<TurnEvent>((events) => change((held) => applyTurnEvents(held, events)));

  /** Discards everything held except unacknowledged messages, and joins again. */
  function resync() {
    const { outgoing, opening, site, mode, readSeq, contact, ratedEnd } = state.value;
    change(() => ({ ...emptyChat, outgoing, opening, site, mode, readSeq, contact, ratedEnd }));
    connection.reconnect();
  }

  function leave() {
    change((held) => ({ ...leaveConversation(held), outgoing: [], opening: undefined }));
    connection.reconnect();
  }

  const connection = createConnection(
    server,
    handshake.next,
    {
      state(link) {
        if (typeof link === 'string') return change((held) => ({ ...held, connection: { kind: link } }));
        change((held) => ({ ...held, connection: { kind: 'refused', ...link } }));
        report('error', { code: link.code });
        if (link.code !== 'session-expired' || store.session() === undefined) return;
        handshake.expired();
        resync();
      },
      events: {
        'session-start': (start) => {
          // Another tab may have told the store already.
          const isOther = joined && joined.conversationId !== start.conversationId;
          joined = start;
          if (!handshake.joined(start) || isOther) change(leaveConversation);
          change((held) => applySessionStart(held, start));
          const { readSeq } = state.value;
          // Report what was read while disconnected.
          if (readSeq > (start.readSeq ?? readSeq)) void connection.ask('read', { seq: readSeq });
          outbox.flush();
        },
        ...createChatEvents(() => state.value, change, deltas, report),
        resync,
        drain: () => {},
      },
    },
    root,
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
    draft,
    ask: connection.ask,
    change,
    form: () => store.tab().form,
    keepForm: (form) => store.saveTab({ form }),
    fileAccess: () => ({
      server,
      site: given.site,
      session: store.session(),
      conversationId: state.value.conversationId,
    }),
    connect: connection.connect,
    reconnect: connection.reconnect,
    send(text) {
      const trimmed = cut(text.trim(), MESSAGE_TEXT_MAX);
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
    switchTo(conversationId) {
      handshake.choose(conversationId);
      leave();
    },
    forget() {
      handshake.expired();
      leave();
    },
    firstTokenDrawn: (turnId) => deltas.afterPaint(() => firstToken.painted(turnId)),
    subject: handshake.subject,
    identify(token) {
      if (handshake.identify(token, state.value.connection.kind === 'refused')) connection.reconnect();
    },
    setLocale: (locale) => handshake.change({ locale }),
    setPage: (page) => handshake.change({ page }),
    suspend() {
      suspended = connection.connected() || state.value.connection.kind === 'waiting';
      connection.disconnect();
    },
    resume() {
      if (suspended) connection.connect();
    },
    syncTabs() {
      const session = store.session();
      const visitor = store.visitor();
      const { readSeq } = visitor;
      if (session === joined?.session) return change((held) => (readSeq > held.readSeq ? { ...held, readSeq } : held));
      // This tab has no conversation yet and asks for none: it joins when it connects.
      if (session === undefined || state.value.connection.kind === 'idle') return;
      change((held) => followTab(held, visitor));
      resync();
    },
    close() {
      closed = true;
      stopSaving();
      deltas.close();
      gaps.close();
      connection.close();
    },
  };
}
