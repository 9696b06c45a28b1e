/** One visitor's socket: connects when told, reconnects by itself, and asks every question with a time limit. */
import type {
  ConnectCode,
  ConnectRefusal,
  Handshake,
  WidgetClientEvents,
  WidgetServerEvents,
} from '@firstword/shared/wire';
import { type EventSocket, openEventSocket } from './event-socket.ts';

type Payload<E extends keyof WidgetClientEvents> = Parameters<WidgetClientEvents[E]>[0];
type Answer<E extends keyof WidgetClientEvents> = Parameters<Parameters<WidgetClientEvents[E]>[1]>[0];

export interface ConnectionListener {
  /** How the link stands; `refused` is the server's word, `waiting` means that it will be tried again. */
  state(state: 'connecting' | 'waiting' | ConnectRefusal): void;
  events: WidgetServerEvents;
}

export interface Connection {
  connect(): void;
  /** Drops the socket and connects again at once, with a fresh handshake. */
  reconnect(): void;
  /** Drops the socket until `connect` is called. */
  rest(): void;
  connected(): boolean;
  /** The server's acknowledgement; undefined when none came within `ackMs` or the link broke. */
  ask<E extends keyof WidgetClientEvents>(event: E, payload: Payload<E>): Promise<Answer<E> | undefined>;
  close(): void;
}

/** Before the second attempt; each further one waits twice as long. */
const RETRY_MS = 500;
const RETRY_MAX_MS = 10_000;

const CODES: readonly ConnectCode[] = [
  'unknown-site',
  'origin-refused',
  'bad-identity',
  'session-expired',
  'rate-limited',
  'draining',
];

function readRefusal(data: unknown): ConnectRefusal | undefined {
  const { code, retryAfterMs } = (data ?? {}) as { code?: unknown; retryAfterMs?: unknown };
  const known = CODES.find((each) => each === code);
  if (!known) return undefined;
  return { code: known, ...(typeof retryAfterMs === 'number' && { retryAfterMs }) };
}

export function createConnection(
  server: string,
  handshake: () => Handshake,
  listener: ConnectionListener,
  ackMs = 8000,
): Connection {
  let socket: EventSocket | undefined;
  let online = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  function drop() {
    clearTimeout(timer);
    timer = undefined;
    socket?.close();
    socket = undefined;
    online = false;
  }
  function openAfter(ms: number) {
    clearTimeout(timer);
    timer = setTimeout(open, ms);
  }
  function tryAgain() {
    socket = undefined;
    online = false;
    listener.state('waiting');
    // Half to one and a half times, so that a restarted server is not asked by all at once.
    openAfter(Math.min(RETRY_MS * 2 ** failures, RETRY_MAX_MS) * (0.5 + Math.random()));
    failures += 1;
  }

  function open() {
    drop();
    socket = openEventSocket(server, '/widget', handshake(), {
      connected() {
        online = true;
        failures = 0;
      },
      event(name, payload) {
        if (Object.hasOwn(listener.events, name)) listener.events[name as keyof WidgetServerEvents](payload as never);
        if (name === 'drain') openLater((payload as { afterMs: number }).afterMs);
      },
      refused(data) {
        const refusal = readRefusal(data);
        if (!refusal) return tryAgain();
        socket = undefined;
        listener.state(refusal);
        const passing = refusal.code === 'rate-limited' || refusal.code === 'draining';
        if (passing) openAfter((refusal.retryAfterMs ?? 2000) * (1 + Math.random() / 2));
      },
      broken: tryAgain,
    });
  }
  function openLater(afterMs: number) {
    clearTimeout(timer);
    timer = setTimeout(reconnect, afterMs + Math.random() * 500);
  }
  function reconnect() {
    listener.state('connecting');
    open();
  }

  return {
    connect() {
      if (!socket && timer === undefined) reconnect();
    },
    reconnect,
    rest: drop,
    connected: () => online,
    async ask(event, payload) {
      return online && socket ? ((await socket.ask(event, payload, ackMs)) as never) : undefined;
    },
    close: drop,
  };
}
