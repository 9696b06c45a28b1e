/** One visitor's socket: connects on demand, reconnects by itself, and sends every request with a timeout. */
import type { Handshake } from '@firstword/shared/handshake';
import type { Challenge, Proof } from '@firstword/shared/proof-of-work';
import { fallBackToPolling } from '@firstword/shared/transport-fallback';
import type { WidgetClientEvents, WidgetServerEvents } from '@firstword/shared/wire';
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

/** Loaded only when a server asks for a proof. */
const solve = async (challenge: Challenge, root: ShadowRoot | undefined) =>
  (await import('../prove.ts')).prove(challenge, root);

/** Refusals with their own text; after any other the widget waits, as after a lost connection. */
const CODES: readonly RefusalCode[] = [
  'unknown-site',
  'origin-refused',
  'bad-identity',
  'session-expired',
  'rate-limited',
];

interface Refusal extends Error {
  readonly data?: {
    readonly code?: unknown;
    readonly retryAfterMs?: number;
    readonly final?: boolean;
    readonly challenge?: Challenge;
  };
}

export function createConnection(
  server: string,
  handshake: () => Handshake,
  listener: ConnectionListener,
  /** Of the widget, for a challenge that the visitor must see. */
  root?: ShadowRoot,
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
  });
  /** Solved while the socket connects again: a long one goes on when the server ends a connection that waits for it. */
  let proof: Promise<Proof | undefined> | undefined;
  const socket: WidgetSocket = manager.socket('/widget', {
    auth: async (give) => give({ ...handshake(), proof: await proof }),
  });
  fallBackToPolling(socket, async () => (await import('./polling.ts')).polling);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refusals = 0;
  let explained: boolean | undefined;

  function connectAfter(ms: number, connect: () => void = () => void socket.connect()) {
    clearTimeout(timer);
    timer = setTimeout(connect, ms);
  }

  socket.on('connect_error', (error: Refusal) => {
    // Socket.IO retries transport errors by itself, but not a refusal.
    if (socket.active) return listener.state('waiting');
    const { code, retryAfterMs, final, challenge } = error.data ?? {};
    const known = CODES.find((each) => each === code);
    // For the site owner: what is wrong with the page, and the fix. The visitor sees a separate notice.
    if (final && !explained) console.error(`Firstword: ${error.message}`);
    explained ||= final;
    // An expired session ends in a new one. This version has no text for an unknown final code.
    if (final || known === 'session-expired') return listener.state({ code: known ?? 'unknown-site' });
    // While the browser solves a challenge, the visitor goes on seeing that the chat connects.
    if (challenge) proof = solve(challenge, root).catch(() => undefined);
    else listener.state(known === undefined ? 'waiting' : { code: known });
    const backOffMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** ++refusals);
    const waitMs = challenge ? FIRST_DELAY_MS * (refusals - 1) : (retryAfterMs ?? backOffMs);
    connectAfter(waitMs * (1 + Math.random() / 2));
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

  function disconnect() {
    clearTimeout(timer);
    socket.disconnect();
  }

  function reconnect() {
    disconnect();
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
        answer.challenge ? ask(event, { ...payload, proof: await solve(answer.challenge, root) }) : answer,
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
    disconnect,
    connected: () => socket.connected,
    ask,
    close() {
      socket.off();
      disconnect();
    },
  };
}
