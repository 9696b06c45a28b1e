/**
 * Who looks at a conversation, and how they are told of it: on this process at once, on others through the adapter or,
 * text for text, through the turn's log.
 */
import type { Message, TurnEvent, TurnSnapshot, WidgetClientEvents, WidgetServerEvents } from '@firstword/shared/wire';
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
  /** Other listeners of what is said: the console's pages. Must not throw. */
  readonly onMessage: (conversationId: string, message: Message) => void;
  /** Whether this process has much to do: its sends then leave together. */
  readonly busy: () => boolean;
  /** An answer that nobody has watched for so long is ended; in milliseconds. */
  readonly unwatchedMs: number;
}

/** The log is written every 100 ms; looking more often shows little sooner. */
const FOLLOW_MS = 75;
/** A client that has taken nothing for so long while much waited for it is cut off; it may connect again. */
const BEHIND_MS = 10_000;

type Delta = Extract<TurnOutput, { type: 'text-delta' }>;

export type WidgetSocket = Socket<WidgetClientEvents, WidgetServerEvents, object, { visitor: Visitor }>;
export type WidgetNamespaceServer = Namespace<WidgetClientEvents, WidgetServerEvents, object, { visitor: Visitor }>;

export interface Viewers {
  /** Socket.IO's room of all who look at it. */
  room(conversationId: string): string;
  joined(socket: WidgetSocket, conversationId: string): void;
  /** One has gone: an answer that nobody comes back to is ended after a while. */
  left(conversationId: string): void;
  /** Whether anybody looks at it on this process. */
  here(conversationId: string): boolean;
  /** Whether anybody does, on any process. */
  anywhere(conversationId: string): Promise<boolean>;
  /** Tells every viewer, on this process and (except deltas) on others. */
  publish(conversationId: string, output: TurnOutput): void;
  /** Iterates a turn to its end whatever becomes of the socket that asked for it. */
  host(conversationId: string, turn: StartedTurn, receivedAt: number): void;
  /** Shows what another process answers. */
  follow(conversationId: string, turn: TurnSnapshot): void;
  /** Takes nothing while much waits for it; it gets no deltas then, and in the end is cut off. */
  isTooSlow(socket: WidgetSocket): boolean;
  stop(): void;
}

export function createViewers(
  namespace: WidgetNamespaceServer,
  { conversations, metrics, log, onMessage, busy, unwatchedMs }: ViewerParts,
): Viewers {
  const room = (conversationId: string) => `conversation:${conversationId}`;
  const isTooSlow = createSlowClients(BEHIND_MS, (socket: WidgetSocket) =>
    log.warn({ conversationId: socket.data.visitor.session.conversationId }, 'a client takes nothing and is cut off'),
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
  const burst = createSendBatch(sendDelta);
  const showDelta = (conversationId: string, delta: Delta) => {
    if (busy() && delta.n > 1) return burst.add({ conversationId, delta }); // the first word waits for nothing
    burst.flush();
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
      burst.flush();
      namespace.local.to(room(conversationId)).emit('turn-event', end);
    },
    everyMs: FOLLOW_MS,
  });
  /** Another process may run it: its deltas are to be had from the log alone. */
  const follow = (conversationId: string, { turnId, state, deltas }: TurnSnapshot) => {
    if (state === 'running' && conversations.liveTurn(conversationId)?.turnId !== turnId)
      follower.follow(conversationId, turnId, deltas.at(-1)?.n ?? 0);
  };
  const anywhere = async (conversationId: string) =>
    (await namespace.in(room(conversationId)).fetchSockets()).length > 0;

  const publish = (conversationId: string, output: TurnOutput) => {
    // Deltas stay on this process: an adapter would publish each, even when every viewer is here.
    if (output.type === 'text-delta') return showDelta(conversationId, output);
    burst.flush(); // no end of an answer overtakes its text
    const viewers = namespace.to(room(conversationId));
    if (output.type === 'message') {
      viewers.emit('message', output.message);
      onMessage(conversationId, output.message);
    } else if (output.type === 'responder') viewers.emit('responder', output.change);
    else viewers.emit('turn-event', output);
  };

  const host = async (conversationId: string, { outputs, modelTtftMs }: StartedTurn, receivedAt: number) => {
    const tellWait = () => {
      const waitMs = performance.now() - receivedAt;
      const ttftMs = modelTtftMs();
      metrics.firstDelta.observe(waitMs / 1000);
      if (ttftMs !== undefined) metrics.added.observe((waitMs - ttftMs) / 1000);
    };
    for await (const output of outputs) {
      publish(conversationId, output);
      if (output.type === 'text-delta' && output.n === 1) tellWait();
      if (output.type === 'turn-end') metrics.turns.inc({ state: output.state });
    }
  };

  return {
    room,
    joined(socket, conversationId) {
      // What other processes tell a viewer here is also how this process hears of their turns.
      socket.onAnyOutgoing((name: string, event: TurnEvent) => {
        if (name !== 'turn-event' || event.type === 'text-delta') return;
        if (event.type === 'turn-end') return follower.leave(event.turnId);
        follow(conversationId, { ...event, deltas: [], state: 'running' });
      });
      void socket.join(room(conversationId));
    },
    left(conversationId) {
      if (conversations.liveTurn(conversationId) === undefined || here(conversationId)) return;
      const look = async () => {
        if (!(await anywhere(conversationId))) conversations.abandon(conversationId);
      };
      setTimeout(() => {
        look().catch((error: unknown) => log.warn({ reason: String(error) }, 'whether a visitor is here is unknown'));
      }, unwatchedMs).unref();
    },
    here,
    anywhere,
    publish,
    host: (conversationId, turn, receivedAt) =>
      void host(conversationId, turn, receivedAt).catch((error: unknown) =>
        log.error({ turnId: turn.turnId, reason: error instanceof Error ? error.stack : String(error) }, 'turn broke'),
      ),
    follow,
    isTooSlow,
    stop: follower.stop,
  };
}
