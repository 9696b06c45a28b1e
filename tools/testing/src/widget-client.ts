/** A widget as the protocol describes it, without a browser: connects, asks, and collects what it hears. */
import { randomUUID } from 'node:crypto';
import type {
  Ack,
  ConnectRefusal,
  Message,
  SessionStart,
  TurnEvent,
  WidgetClientEvents,
  WidgetServerEvents,
} from '@firstword/shared/wire';
import { io, type Socket } from 'socket.io-client';
import { SITE_ORIGIN } from './test-server.ts';

export interface WidgetClient {
  readonly socket: Socket<WidgetServerEvents, WidgetClientEvents>;
  readonly start: SessionStart;
  readonly events: TurnEvent[];
  readonly messages: Message[];
  /** Sends any event with any arguments; resolves with the acknowledgement. */
  ask<T extends object>(event: string, payload: unknown): Promise<Ack<T>>;
  send(text: string, id?: string): Promise<Ack<{ seq: number; conversationId: string; turnId?: string }>>;
  /** Resolves once a heard turn event satisfies `wanted`, also one already heard. */
  heard(wanted: (event: TurnEvent) => boolean): Promise<TurnEvent>;
  text(turnId: string): string;
  close(): void;
}

/** What `connect_error` tells a refused client. */
export class ConnectRefusedError extends Error {
  readonly refusal: ConnectRefusal | undefined;
  constructor(message: string, refusal: ConnectRefusal | undefined) {
    super(message);
    this.refusal = refusal;
  }
}

export async function connectWidget(
  port: number,
  auth: unknown = { site: 'acme' },
  origin: string | undefined = SITE_ORIGIN,
): Promise<WidgetClient> {
  const socket: Socket<WidgetServerEvents, WidgetClientEvents> = io(`http://127.0.0.1:${port}/widget`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: auth as Record<string, unknown>,
    ...(origin === undefined ? {} : { extraHeaders: { origin } }),
  });
  const events: TurnEvent[] = [];
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  socket.on('turn-event', (event) => {
    events.push(event);
    for (const look of [...waiting]) look();
  });
  socket.on('message', (message) => messages.push(message));
  const start = await new Promise<SessionStart>((resolve, reject) => {
    socket.once('session-start', resolve);
    socket.once('connect_error', (error: Error & { data?: ConnectRefusal }) => {
      socket.close();
      reject(new ConnectRefusedError(error.message, error.data));
    });
  });
  const untyped = socket as unknown as Socket;
  return {
    socket,
    start,
    events,
    messages,
    ask: (event, payload) => untyped.timeout(5000).emitWithAck(event, payload),
    send: (text, id = randomUUID()) => untyped.timeout(5000).emitWithAck('message-send', { id, text }),
    heard(wanted) {
      return new Promise((resolve) => {
        const look = () => {
          const found = events.find(wanted);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
    text: (turnId) =>
      events.map((event) => (event.type === 'text-delta' && event.turnId === turnId ? event.text : '')).join(''),
    close: () => socket.close(),
  };
}
