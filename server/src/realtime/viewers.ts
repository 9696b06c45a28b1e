/**
 * Sends a conversation's events to its viewers: directly on this process, and on others through the adapter, except
 * deltas, which other processes read from the turn's log.
 */
import type { WidgetClientEvents, WidgetServerEvents } from '@firstword/shared/wire';
import type { Namespace, Server, Socket } from 'socket.io';
import type { Sink, ViewerEvent } from '../conversation/sink.ts';
import type { Log } from '../lib/log.ts';
import type { Visitor } from './admit-visitor.ts';
import { createDeltaFrame } from './delta-frame.ts';
import { createSendBatch } from './send-batch.ts';
import { createSlowClients } from './slow-clients.ts';

export interface ViewerParts {
  readonly log: Log;
  /** Whether the process is busy; deltas are then sent in batches. */
  readonly busy: () => boolean;
}

/** How long a client's send buffer may stay full before it is disconnected; it may reconnect. */
const SLOW_CLIENT_MS = 10_000;

type Delta = Extract<ViewerEvent, { type: 'text-delta' }>;

/** Between processes. */
interface ProcessEvents {
  /** Events of the sending process did not get through. */
  'events-missed': () => void;
}

export type WidgetSocket = Socket<WidgetClientEvents, WidgetServerEvents, ProcessEvents, { visitor: Visitor }>;
export type WidgetNamespaceServer = Namespace<
  WidgetClientEvents,
  WidgetServerEvents,
  ProcessEvents,
  { visitor: Visitor }
>;

export interface Viewers {
  readonly namespace: WidgetNamespaceServer;
  join(socket: WidgetSocket, conversationId: string): void;
  /** The client learns of agents' replies in these conversations of its visitor. */
  joinOthers(socket: WidgetSocket, conversationIds: readonly string[]): void;
  /** What the viewers show is not the visitor's conversation any more: they connect again. */
  publishLeft(conversationId: string): void;
  /** Disconnects the sockets of a session that has ended, on every process. */
  endSession(sessionId: string): void;
  /** Whether it has viewers on this process. */
  here(conversationId: string): boolean;
  /** Whether it has viewers on any process. */
  anywhere(conversationId: string): Promise<boolean>;
  /** Sends to every viewer, on this process and (except deltas) on others. */
  readonly publish: Sink;
  /** Sends to the viewers of this process only. */
  readonly publishHere: Sink;
  /** An agent begins or stops typing. */
  publishTyping(conversationId: string, on: boolean): void;
  /** The visitor has read up to this message. */
  publishRead(conversationId: string, seq: number): void;
  /** The agent who has the conversation has read up to this message. */
  publishSeen(conversationId: string, seq: number): void;
  /** A conversation was erased: its viewers connect again, and the visitor's other pages forget it. */
  publishErased(conversationId: string): void;
  /** Whether its send buffer is full. It gets no deltas then, and is disconnected if that lasts. */
  isTooSlow(socket: WidgetSocket): boolean;
}

export function createViewers(io: Server, { log, busy }: ViewerParts): Viewers {
  const namespace: WidgetNamespaceServer = io.of('/widget');
  const room = (conversationId: string) => `conversation:${conversationId}`;
  const otherRoom = (conversationId: string) => `other:${conversationId}`;
  const sessionRoom = (sessionId: string) => `session:${sessionId}`;
  const isTooSlow = createSlowClients(SLOW_CLIENT_MS, (socket: WidgetSocket) =>
    log.warn(
      { socketId: socket.id, conversationId: socket.data.visitor.session.conversationId, patienceMs: SLOW_CLIENT_MS },
      'disconnecting slow client',
    ),
  );

  const sendDelta = ({ conversationId, delta }: { conversationId: string; delta: Delta }) => {
    const viewerIds = namespace.adapter.rooms.get(room(conversationId));
    if (viewerIds === undefined) return;
    const sendTo = createDeltaFrame(namespace.name, delta);
    for (const id of viewerIds) {
      const socket = namespace.sockets.get(id);
      if (socket !== undefined && !isTooSlow(socket)) sendTo(socket);
    }
  };
  const batch = createSendBatch(sendDelta);
  const showDelta = (conversationId: string, delta: Delta) => {
    if (busy() && delta.n > 1) return batch.add({ conversationId, delta }); // the first delta never waits
    batch.flush();
    sendDelta({ conversationId, delta });
  };
  const show = (to: Pick<WidgetNamespaceServer, 'to'>, conversationId: string, event: ViewerEvent) => {
    // Deltas bypass the adapter, which would publish each one even when every viewer is on this process.
    if (event.type === 'text-delta') return showDelta(conversationId, event);
    batch.flush(); // so that an answer's end never overtakes its text
    const viewers = to.to(room(conversationId));
    if (event.type === 'message') {
      viewers.emit('message', event.message);
      if (event.message.from === 'agent') to.to(otherRoom(conversationId)).emit('other-message', { conversationId });
    } else if (event.type === 'responder') viewers.emit('responder', event.change);
    else viewers.emit('turn-event', event);
  };

  return {
    namespace,
    join: (socket, conversationId) =>
      void socket.join([room(conversationId), sessionRoom(socket.data.visitor.session.id)]),
    joinOthers: (socket, conversationIds) => void socket.join(conversationIds.map(otherRoom)),
    publishLeft: (conversationId) => void namespace.to(room(conversationId)).emit('resync', {}),
    endSession: (sessionId) => void namespace.in(sessionRoom(sessionId)).disconnectSockets(),
    here: (conversationId) => namespace.adapter.rooms.has(room(conversationId)),
    anywhere: async (conversationId) => (await namespace.in(room(conversationId)).fetchSockets()).length > 0,
    publish: (conversationId, event) => show(namespace, conversationId, event),
    publishHere: (conversationId, event) => show(namespace.local, conversationId, event),
    publishTyping: (conversationId, on) =>
      void namespace.to(room(conversationId)).emit('typing', { from: 'agent', on }),
    publishRead: (conversationId, seq) => void namespace.to(room(conversationId)).emit('read', { seq }),
    publishSeen: (conversationId, seq) => void namespace.to(room(conversationId)).emit('seen', { seq }),
    publishErased(conversationId) {
      namespace.to(room(conversationId)).emit('resync', {});
      namespace.to(otherRoom(conversationId)).emit('other-erased', { conversationId });
    },
    isTooSlow,
  };
}
