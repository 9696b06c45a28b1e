/** A client as the protocol requires: it reconnects, resends unacknowledged messages, and fills gaps by replay. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Message, ReplayAnswer, TurnEndState } from '@firstword/shared/wire';
import type { Ack, ConnectRefusal } from '@firstword/shared/wire-refusals';
import { createHeldConversation } from './held-conversation.ts';
import type { History } from './history-checker.ts';
import { SITE_ORIGIN } from './test-server.ts';
import { openWidgetSocket } from './widget-socket.ts';

export interface SentMessage {
  readonly id: string;
  readonly seq: number;
  readonly turnId: string | undefined;
  readonly conversationId: string;
  /** Time from the first attempt to the acknowledgement. */
  readonly ms: number;
}

export interface Outage {
  /** By `performance.now()`. */
  readonly from: number;
  readonly ms: number;
}

export interface SteadyClient {
  /** Sends a message, again if necessary, until it is acknowledged. */
  send(text: string, id?: string): Promise<SentMessage>;
  /** Resolves with the whole answer to a message: text from deltas, end state, stored text. */
  answered(messageSeq: number): Promise<{ fromDeltas: string; stored: string; state: TurnEndState }>;
  readonly messages: ReadonlyMap<number, Message>;
  /** The turn's text so far, from deltas only. */
  textOf(turnId: string): string;
  /** Called after each delta that was applied. */
  onDelta: (n: number) => void;
  connected(): boolean;
  /** Resolves when it is connected and has a session. */
  ready(): Promise<void>;
  readonly session: () => string | undefined;
  /** Number of resyncs requested by the server. */
  resyncs(): number;
  /** The code of each refused send. */
  refusals(): readonly string[];
  /** Milliseconds from each send to its reply, including refusals; `ACK_MS` without a reply. */
  readonly replies: readonly number[];
  /** Time from each disconnect to the next session. */
  readonly outages: readonly Outage[];
  close(): void;
}

export interface SteadyClientOptions {
  /** Continues this conversation. */
  readonly session?: string;
  readonly history?: History;
  readonly transport?: 'websocket' | 'polling';
}

const ACK_MS = 2000;
const RETRY_MS = 100;

export function openSteadyClient(
  port: number,
  { session: given, history, transport = 'websocket' }: SteadyClientOptions = {},
): SteadyClient {
  let session = given;
  let conversationId = '';
  let started = false;
  let lostAt: number | undefined;
  let resyncs = 0;
  const refusals: string[] = [];
  const outages: Outage[] = [];
  const replies: number[] = [];
  const waiting = new Set<() => void>();
  const held = createHeldConversation((n) => client.onDelta(n));
  const socket = openWidgetSocket(port, {
    origin: SITE_ORIGIN,
    transports: [transport],
    reconnectionDelay: 20,
    reconnectionDelayMax: 250,
    auth: (give) => give({ site: 'acme', ...(session === undefined ? {} : { session }) }),
  });

  const look = () => {
    for (const each of [...waiting]) each();
  };
  const until = <Found>(find: () => Found | undefined): Promise<Found> =>
    new Promise((resolve) => {
      const each = () => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(each);
        resolve(found);
      };
      waiting.add(each);
      each();
    });
  const heal = async (turnId?: string) => {
    const turn = turnId === undefined ? {} : { turnId, afterDelta: held.turn(turnId).lastDelta };
    const answer: Ack<ReplayAnswer> | undefined = await socket
      .timeout(ACK_MS)
      .emitWithAck('replay', { afterSeq: held.lastSeq(), ...turn })
      .catch(() => undefined);
    if (!answer?.ok) return false;
    if (answer.resync) startOver();
    answer.messages.forEach(held.keepMessage);
    if (answer.turn !== undefined) held.keepTurn(answer.turn);
    look();
    return true;
  };
  const startOver = () => {
    resyncs += 1;
    held.clear();
    started = false;
    socket.disconnect().connect();
  };

  socket.on('session-start', (start) => {
    ({ session, conversationId } = start);
    started = true;
    if (lostAt !== undefined) outages.push({ from: lostAt, ms: performance.now() - lostAt });
    lostAt = undefined;
    start.messages.forEach(held.keepMessage);
    if (start.turn !== undefined) held.keepTurn(start.turn);
    look();
  });
  socket.on('message', (message) => {
    held.keepMessage(message);
    if (message.seq > held.lastSeq()) void heal();
    look();
  });
  socket.on('turn-event', (event) => {
    if (!held.keepEvent(event)) void heal(event.turnId);
    look();
  });
  socket.on('resync', startOver);
  socket.on('drain', ({ afterMs }) => {
    setTimeout(() => socket.disconnect().connect(), afterMs);
  });
  socket.on('disconnect', () => {
    started = false;
    lostAt ??= performance.now();
  });
  socket.on('connect_error', (error: Error & { data?: ConnectRefusal }) => {
    if (error.data === undefined) return; // Socket.IO reconnects by itself
    if (error.data.code === 'session-expired') {
      session = undefined;
      startOver();
    } else setTimeout(() => socket.connect(), error.data.retryAfterMs ?? RETRY_MS);
  });

  const client: SteadyClient = {
    messages: held.messages,
    outages,
    replies,
    onDelta: () => {},
    async send(text, id = randomUUID()) {
      const from = performance.now();
      history?.sent(conversationId, id, text);
      for (;;) {
        await client.ready();
        const triedAt = performance.now();
        const ack: Ack<{ seq: number; conversationId: string; turnId?: string }> | undefined = await socket
          .timeout(ACK_MS)
          .emitWithAck('message-send', { id, text })
          .catch(() => undefined);
        replies.push(performance.now() - triedAt);
        if (ack?.ok) {
          const { seq, turnId } = ack;
          history?.acknowledged(ack.conversationId, id, seq);
          // Only the stored message shows an answer that started and ended while disconnected.
          if (turnId !== undefined) held.answeredBy(seq, turnId);
          return { id, seq, turnId, conversationId: ack.conversationId, ms: performance.now() - from };
        }
        if (ack?.ok === false) refusals.push(ack.code);
        await pause(ack?.ok === false ? (ack.retryAfterMs ?? RETRY_MS) : RETRY_MS);
      }
    },
    async answered(messageSeq) {
      for (;;) {
        const turnId = await until(() => {
          const found = held.turnOf(messageSeq);
          return found !== undefined && held.turn(found).state !== undefined ? found : undefined;
        });
        await client.ready();
        // `turn-end` may arrive before the last deltas, or without them.
        if (!(await heal(turnId))) continue;
        if (held.turnOf(messageSeq) !== turnId) continue;
        const { text, state = 'done' } = held.turn(turnId);
        const stored = [...held.messages.values()].find((message) => message.turnId === turnId)?.text ?? '';
        history?.streamed(turnId, text, stored);
        return { fromDeltas: text, stored, state };
      }
    },
    textOf: (turnId) => held.turn(turnId).text,
    connected: () => started,
    ready: () => until(() => (started ? true : undefined)).then(() => {}),
    session: () => session,
    resyncs: () => resyncs,
    refusals: () => refusals,
    close: () => void socket.disconnect(),
  };
  return client;
}
