/** A widget client without a browser: connects once, sends any event, and collects what it receives. */
import { randomUUID } from 'node:crypto';
import type { Message, SessionStart, TurnEvent } from '@firstword/shared/wire';
import type { Ack, ConnectRefusal } from '@firstword/shared/wire-refusals';
import type { Socket } from 'socket.io-client';
import { SITE_ORIGIN } from './test-server.ts';
import { openWidgetSocket, type WidgetSocket } from './widget-socket.ts';

export interface WidgetClient {
  readonly socket: WidgetSocket;
  readonly start: SessionStart;
  readonly events: TurnEvent[];
  readonly messages: Message[];
  /** Sends any event with any arguments; resolves with the acknowledgement. */
  ask<T extends object>(event: string, payload: unknown): Promise<Ack<T>>;
  send(text: string, id?: string): Promise<Ack<{ seq: number; conversationId: string; turnId?: string }>>;
  /** Resolves with the first turn event that satisfies `wanted`, including past ones. */
  received(wanted: (event: TurnEvent) => boolean): Promise<TurnEvent>;
  text(turnId: string): string;
  close(): void;
}

/** A refused connection, with the server's reason. */
export class ConnectRefusedError extends Error {
  readonly refusal: ConnectRefusal | undefined;
  constructor(message: string, refusal: ConnectRefusal | undefined) {
    super(message);
    this.refusal = refusal;
  }
}

/** As long as the widget waits for an acknowledgement. */
const ACK_MS = 8000;

/** @param address where the client seems to connect from; the server must trust one proxy */
export async function connectWidget(
  port: number,
  auth: unknown = { site: 'acme' },
  origin: string | undefined = SITE_ORIGIN,
  address?: string,
): Promise<WidgetClient> {
  const socket = openWidgetSocket(port, {
    origin,
    reconnection: false,
    auth: auth as Record<string, unknown>,
    ...(address !== undefined && { extraHeaders: { ...(origin && { origin }), 'x-forwarded-for': address } }),
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
    socket.once('disconnect', (reason) => reject(new ConnectRefusedError(`Disconnected: ${reason}`, undefined)));
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
    ask: (event, payload) => untyped.timeout(ACK_MS).emitWithAck(event, payload),
    send: (text, id = randomUUID()) => untyped.timeout(ACK_MS).emitWithAck('message-send', { id, text }),
    received(wanted) {
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
      events.reduce((text, event) => {
        if (event.type !== 'text-delta' || event.turnId !== turnId) return text;
        return event.replaces ? event.text : text + event.text;
      }, ''),
    close: () => socket.close(),
  };
}
