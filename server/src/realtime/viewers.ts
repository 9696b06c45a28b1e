/**
 * Sends a conversation's events to its viewers: directly on this process, and on others through the adapter, except
 * deltas, which other processes read from the turn's log.
 */
import type { TurnEvent, TurnSnapshot, WidgetClientEvents, WidgetServerEvents } from '@firstword/shared/wire';
import type { Namespace, Socket } from 'socket.io';
import type { Conversations } from '../conversation/conversations.ts';
import type { TurnOutput } from '../conversation/turn-result.ts';
import type { StartedTurn } from '../conversation/turn-start.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { Visitor } from './admit-visitor.ts';
import { createDeltaFrame } from './delta-frame.ts';
import { createSendBatch } from './send-batch.ts';
import { createSlowClients } from './slow-clients.ts';
import { createTurnFollower } from './turn-follower.ts';

export interface ViewerParts {
  readonly conversations: Pick<Conversations, 'progress' | 'liveTurn' | 'abandon'>;
  readonly metrics: Pick<Metrics, 'firstDelta' | 'added' | 'turns'>;
  readonly log: Log;
  /** Whether the process is busy; deltas are then sent in batches. */
  readonly busy: () => boolean;
  /** How long an answer continues without viewers, in milliseconds. */
  readonly unwatchedMs: number;
}

/** The log is written every 100 ms, so polling much faster gains little. */
const FOLLOW_MS = 75;
/** How long a client's send buffer may stay full before it is disconnected; it may reconnect. */
const SLOW_CLIENT_MS = 10_000;

type Delta = Extract<TurnOutput, { type: 'text-delta' }>;

export type WidgetSocket = Socket<WidgetClientEvents, WidgetServerEvents, object, { visitor: Visitor }>;
export type WidgetNamespaceServer = Namespace<WidgetClientEvents, WidgetServerEvents, object, { visitor: Visitor }>;

export interface Viewers {
  /** Name of the Socket.IO room of its viewers. */
  room(conversationId: string): string;
  joined(socket: WidgetSocket, conversationId: string): void;
  /** A viewer disconnected; an answer that is left without viewers is ended after `unwatchedMs`. */
  left(conversationId: string): void;
  /** Whether it has viewers on this process. */
  here(conversationId: string): boolean;
  /** Sends to every viewer, on this process and (except deltas) on others. */
  publish(conversationId: string, output: TurnOutput): void;
  /** Iterates a turn to its end and publishes it, also after its visitor has disconnected. */
  host(conversationId: string, turn: StartedTurn, receivedAt: number): void;
  /** Shows a turn that runs on another process. */
  follow(conversationId: string, turn: TurnSnapshot): void;
  /** Whether its send buffer is full. It gets no deltas then, and is disconnected if that lasts. */
  isTooSlow(socket: WidgetSocket): boolean;
  stop(): void;
}

export function createViewers(
  namespace: WidgetNamespaceServer,
  { conversations, metrics, log, busy, unwatchedMs }: ViewerParts,
): Viewers {
  const room = (conversationId: string) => `conversation:${conversationId}`;
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

  const here = (conversationId: string) => namespace.adapter.rooms.has(room(conversationId));
  const follower = createTurnFollower({
    read: conversations.progress,
    hasViewers: here,
    show: (conversationId, turnId, delta) => showDelta(conversationId, { type: 'text-delta', turnId, ...delta }),
    ended(conversationId, turnId, { state, seq }) {
      if (state === 'running') return;
      const retryable = state === 'interrupted' || state === 'failed' ? { retryable: true } : {};
      const end: TurnEvent = { type: 'turn-end', turnId, state, ...retryable, ...(seq === undefined ? {} : { seq }) };
      batch.flush();
      namespace.local.to(room(conversationId)).emit('turn-event', end);
    },
    everyMs: FOLLOW_MS,
  });
  /** If another process runs the turn, its deltas come from the log. */
  const follow = (conversationId: string, { turnId, state, deltas }: TurnSnapshot) => {
    if (state === 'running' && conversations.liveTurn(conversationId)?.turnId !== turnId)
      follower.follow(conversationId, turnId, deltas.at(-1)?.n ?? 0);
  };
  const anywhere = async (conversationId: string) =>
    (await namespace.in(room(conversationId)).fetchSockets()).length > 0;

  const publish = (conversationId: string, output: TurnOutput) => {
    // Deltas bypass the adapter, which would publish each one even when every viewer is on this process.
    if (output.type === 'text-delta') return showDelta(conversationId, output);
    batch.flush(); // so that an answer's end never overtakes its text
    const viewers = namespace.to(room(conversationId));
    if (output.type === 'message') viewers.emit('message', output.message);
    else if (output.type === 'responder') viewers.emit('responder', output.change);
    else viewers.emit('turn-event', output);
  };

  const host = async (conversationId: string, { outputs, modelTtftMs }: StartedTurn, receivedAt: number) => {
    const observeTtft = () => {
      const waitMs = performance.now() - receivedAt;
      const ttftMs = modelTtftMs();
      metrics.firstDelta.observe(waitMs / 1000);
      if (ttftMs !== undefined) metrics.added.observe((waitMs - ttftMs) / 1000);
    };
    for await (const output of outputs) {
      publish(conversationId, output);
      if (output.type === 'text-delta' && output.n === 1) observeTtft();
      if (output.type === 'turn-end') metrics.turns.inc({ state: output.state });
    }
  };

  return {
    room,
    joined(socket, conversationId) {
      // The adapter delivers other processes' turn events straight to sockets; this is where this process sees them.
      socket.onAnyOutgoing((name: string, event: TurnEvent) => {
        if (name !== 'turn-event' || event.type === 'text-delta') return;
        if (event.type === 'turn-end') return follower.leave(event.turnId);
        follow(conversationId, { ...event, deltas: [], state: 'running' });
      });
      void socket.join(room(conversationId));
    },
    left(conversationId) {
      if (conversations.liveTurn(conversationId) === undefined || here(conversationId)) return;
      const endIfUnwatched = async () => {
        if (!(await anywhere(conversationId))) conversations.abandon(conversationId);
      };
      setTimeout(() => {
        endIfUnwatched().catch((error: unknown) => log.warn({ reason: String(error) }, 'failed to check for viewers'));
      }, unwatchedMs).unref();
    },
    here,
    publish,
    host: (conversationId, turn, receivedAt) =>
      void host(conversationId, turn, receivedAt).catch((error: unknown) =>
        log.error(
          { turnId: turn.turnId, reason: error instanceof Error ? error.stack : String(error) },
          'turn iteration failed',
        ),
      ),
    follow,
    isTooSlow,
    stop: follower.stop,
  };
}
