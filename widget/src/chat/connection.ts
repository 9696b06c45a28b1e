/** One visitor's socket: connects on demand, reconnects by itself, and sends every request with a timeout. */
import type { Challenge } from '@firstword/shared/proof-of-work';
import { fallBackToPolling } from '@firstword/shared/transport-fallback';
import type { Handshake, WidgetClientEvents, WidgetServerEvents } from '@firstword/shared/wire';
import { Manager, type Socket } from 'socket.io-client';
import type { RefusalCode } from './chat-state.ts';
import { textParser } from './text-parser.ts';

type WidgetSocket = Socket<WidgetServerEvents, WidgetClientEvents>;
type Payload<E extends keyof WidgetClientEvents> = Parameters<WidgetClientEvents[E]>[0];
type Answer<E extends keyof WidgetClientEvents> = Parameters<Parameters<WidgetClientEvents[E]>[1]>[0];

export interface ConnectionListener {
  /** The state of the connection; `waiting` means that a reconnect is scheduled. */
  state(state: 'connecting' | 'waiting' | { code: RefusalCode }): void;
  events: WidgetServerEvents;
}

export interface Connection {
  connect(): void;
  /** Drops the socket and connects again at once, with a fresh handshake. */
  reconnect(): void;
  /** Drops the socket until `connect` is called. */
  disconnect(): void;
  connected(): boolean;
  /** The server's acknowledgement; undefined when none came within `ackMs` or the connection was lost. */
  ask<E extends keyof WidgetClientEvents>(event: E, payload: Payload<E>): Promise<Answer<E> | undefined>;
  close(): void;
}

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;

/** Refusals with their own text; after any other the widget waits, as after a lost connection. */
const CODES: readonly RefusalCode[] = [
  'unknown-site',
  'origin-refused',
  'bad-identity',
  'session-expired',
  'rate-limited',
];

function readRefusal(error: Error & { data?: unknown }) {
  const { code, retryAfterMs, final } = (error.data ?? {}) as {
    code?: unknown;
    retryAfterMs?: number;
    final?: boolean;
  };
  const known = CODES.find((each) => each === code);
  return {
    code: known,
    retryAfterMs,
    // It ends in a new session.
    final: final || known === 'session-expired',
  };
}

export function createConnection(
  server: string,
  handshake: () => Handshake,
  listener: ConnectionListener,
  ackMs = 8000,
): Connection {
  const { origin, pathname } = new URL(server);
  // Not `io()`: it would add a parser of addresses and a cache of connections.
  const manager = new Manager<WidgetServerEvents, WidgetClientEvents>(origin, {
    path: `${pathname.replace(/\/$/, '')}/socket.io`,
    autoConnect: false,
    parser: textParser,
    transports: ['websocket'],
    reconnectionDelay: FIRST_DELAY_MS,
    reconnectionDelayMax: MAX_DELAY_MS,
    randomizationFactor: 0.5,
  });
  const socket: WidgetSocket = manager.socket('/widget', { auth: (give) => give(handshake()) });
  fallBackToPolling(socket, async () => (await import('./polling.ts')).polling);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refusals = 0;

  function connectAfter(ms: number, connect: () => void = () => void socket.connect()) {
    clearTimeout(timer);
    timer = setTimeout(connect, ms);
  }

  let explained = false;

  /** For the site owner, once: what is wrong with the page, and the fix. The visitor sees a separate notice. */
  function explain(message: string) {
    if (!explained) console.error(`Firstword: ${message}`);
    explained = true;
  }

  socket.on('connect_error', (error) => {
    // Socket.IO retries transport errors by itself, but not a refusal.
    if (socket.active) return listener.state('waiting');
    const { code, retryAfterMs, final } = readRefusal(error);
    if (final && code !== 'session-expired') explain(error.message);
    // This version has no text for an unknown final code.
    if (final) return listener.state({ code: code ?? 'unknown-site' });
    listener.state(code === undefined ? 'waiting' : { code });
    refusals += 1;
    const backOffMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** refusals);
    connectAfter((retryAfterMs ?? backOffMs) * (1 + Math.random() / 2));
  });
  socket.on('connect', () => {
    refusals = 0;
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    listener.state('waiting');
    // Socket.IO does not reconnect by itself after the server has closed the socket.
    if (reason === 'io server disconnect') connectAfter(500 + Math.random() * 500);
  });
  socket.on('drain', ({ afterMs }) => connectAfter(afterMs + Math.random() * 500, reconnect));
  for (const [event, handle] of Object.entries(listener.events)) {
    socket.on(event as keyof WidgetServerEvents, handle as never);
  }

  function reconnect() {
    socket.disconnect();
    listener.state('connecting');
    socket.connect();
  }

  async function ask<E extends keyof WidgetClientEvents>(
    event: E,
    payload: Payload<E>,
  ): Promise<Answer<E> | undefined> {
    if (!socket.connected) return undefined;
    // Socket.IO rejects on timeout and on disconnect; both mean "no answer".
    const asking = socket.timeout(ackMs) as unknown as {
      emitWithAck(event: string, payload: unknown): Promise<Answer<E> & { challenge?: Challenge }>;
    };
    return asking
      .emitWithAck(event, payload)
      .then(async (answer) =>
        answer.challenge
          ? ask(event, { ...payload, proof: await (await import('../prove.ts')).prove(answer.challenge) })
          : answer,
      )
      .catch(() => undefined);
  }

  return {
    connect() {
      if (socket.active) return;
      listener.state('connecting');
      socket.connect();
    },
    reconnect,
    disconnect() {
      clearTimeout(timer);
      socket.disconnect();
    },
    connected: () => socket.connected,
    ask,
    close() {
      clearTimeout(timer);
      socket.off();
      socket.disconnect();
    },
  };
}
