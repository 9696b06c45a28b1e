/** A visitor's widget as the protocol asks it to be: comes back, sends again what nobody acknowledged, mends every gap. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  Ack,
  ConnectRefusal,
  Message,
  ReplayAnswer,
  SessionStart,
  TurnEndState,
  TurnEvent,
  TurnSnapshot,
} from '@firstword/shared/wire';
import { io, type Socket } from 'socket.io-client';
import type { History } from './history-checker.ts';
import { SITE_ORIGIN } from './test-server.ts';

export interface SentMessage {
  readonly id: string;
  readonly seq: number;
  readonly turnId: string | undefined;
  readonly conversationId: string;
  /** From the first try to the acknowledgement. */
  readonly ms: number;
}

export interface Outage {
  /** By `performance.now()`. */
  readonly from: number;
  readonly ms: number;
}

interface HeldTurn {
  text: string;
  last: number;
  state: TurnEndState | undefined;
}

export interface SteadyClient {
  /** Resolves once it is acknowledged, however often it must be sent. */
  send(text: string, id?: string): Promise<SentMessage>;
  /** Resolves with the whole answer to a message: what its deltas made, how it ended, what is stored. */
  answered(messageSeq: number): Promise<{ fromDeltas: string; stored: string; state: TurnEndState }>;
  readonly messages: ReadonlyMap<number, Message>;
  /** Every text of the turn so far, from deltas alone. */
  textOf(turnId: string): string;
  /** Called after each delta that was applied. */
  onDelta: (n: number) => void;
  connected(): boolean;
  /** Resolves when it has a session on a living connection. */
  ready(): Promise<void>;
  readonly session: () => string | undefined;
  /** How often it was told that nothing it holds is valid. */
  resyncs(): number;
  /** How often the server said no to a send. */
  refusals(): number;
  /** From each try of a send to its reply, be it a no; `ACK_MS` where none came. In milliseconds. */
  readonly replies: readonly number[];
  /** From each loss of the connection to the next session. */
  readonly outages: readonly Outage[];
  /** Hands what is held to the checker. */
  tell(history: History): void;
  close(): void;
}

const ACK_MS = 2000;
const AGAIN_MS = 100;

export function openSteadyClient(
  port: number,
  { session: given, history }: { session?: string; history?: History } = {},
): SteadyClient {
  let session = given;
  let conversationId = '';
  let started = false;
  let lostAt: number | undefined;
  let resyncs = 0;
  let refusals = 0;
  const messages = new Map<number, Message>();
  const turns = new Map<string, HeldTurn>();
  const byQuestion = new Map<number, string>();
  const outages: Outage[] = [];
  const replies: number[] = [];
  const waiting = new Set<() => void>();
  const socket: Socket = io(`http://127.0.0.1:${port}/widget`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 250,
    extraHeaders: { origin: SITE_ORIGIN },
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
  const turnOf = (turnId: string): HeldTurn => {
    const held = turns.get(turnId) ?? { text: '', last: 0, state: undefined };
    turns.set(turnId, held);
    return held;
  };
  const lastSeq = () => {
    let seq = 0;
    while (messages.has(seq + 1)) seq += 1;
    return seq;
  };
  const keep = (message: Message) => {
    messages.set(message.seq, message);
    if (message.turnId === undefined) return;
    turnOf(message.turnId).state ??= message.state ?? 'done';
    // After a fresh start nothing else tells which question an answer of before belongs to.
    const asked = message.seq - 1;
    if (messages.get(asked)?.from === 'visitor' && !byQuestion.has(asked)) byQuestion.set(asked, message.turnId);
  };
  const apply = (turnId: string, { n, text }: { n: number; text: string }) => {
    const turn = turnOf(turnId);
    if (n !== turn.last + 1) return;
    turn.last = n;
    turn.text += text;
    client.onDelta(n);
  };
  const applyTurn = ({ turnId, messageSeq, deltas, state }: TurnSnapshot) => {
    byQuestion.set(messageSeq, turnId);
    for (const delta of deltas) apply(turnId, delta);
    if (state !== 'running') turnOf(turnId).state = state;
  };
  const heal = async (turnId?: string) => {
    const from = { afterSeq: lastSeq(), ...(turnId === undefined ? {} : { turnId, afterDelta: turnOf(turnId).last }) };
    const answer: Ack<ReplayAnswer> | undefined = await socket
      .timeout(ACK_MS)
      .emitWithAck('replay', from)
      .catch(() => undefined);
    if (!answer?.ok) return false;
    if (answer.resync) startOver();
    answer.messages.forEach(keep);
    if (answer.turn !== undefined) applyTurn(answer.turn);
    look();
    return true;
  };
  const startOver = () => {
    resyncs += 1;
    messages.clear();
    turns.clear();
    byQuestion.clear();
    started = false;
    socket.disconnect().connect();
  };

  socket.on('session-start', (start: SessionStart) => {
    ({ session, conversationId } = start);
    started = true;
    if (lostAt !== undefined) outages.push({ from: lostAt, ms: performance.now() - lostAt });
    lostAt = undefined;
    start.messages.forEach(keep);
    if (start.turn !== undefined) applyTurn(start.turn);
    look();
  });
  socket.on('message', (message: Message) => {
    keep(message);
    if (message.seq > lastSeq()) void heal();
    look();
  });
  socket.on('turn-event', (event: TurnEvent) => {
    const turn = turnOf(event.turnId);
    if (event.type === 'turn-start') byQuestion.set(event.messageSeq, event.turnId);
    if (event.type === 'turn-end') turn.state = event.state;
    if (event.type === 'text-delta' && event.n > turn.last + 1) void heal(event.turnId);
    else if (event.type === 'text-delta') apply(event.turnId, event);
    look();
  });
  socket.on('resync', startOver);
  socket.on('drain', ({ afterMs }: { afterMs: number }) => {
    setTimeout(() => socket.disconnect().connect(), afterMs);
  });
  socket.on('disconnect', () => {
    started = false;
    lostAt ??= performance.now();
  });
  socket.on('connect_error', (error: Error & { data?: ConnectRefusal }) => {
    if (error.data === undefined) return; // Socket.IO tries again by itself
    if (error.data.code === 'session-expired') {
      session = undefined;
      startOver();
    } else setTimeout(() => socket.connect(), error.data.retryAfterMs ?? AGAIN_MS);
  });

  const client: SteadyClient = {
    messages,
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
          history?.acknowledged(ack.conversationId, id, ack.seq);
          // An answer that began and ended while the connection was down is known by this alone.
          if (ack.turnId !== undefined) byQuestion.set(ack.seq, ack.turnId);
          return {
            id,
            seq: ack.seq,
            turnId: ack.turnId,
            conversationId: ack.conversationId,
            ms: performance.now() - from,
          };
        }
        if (ack?.ok === false) refusals += 1;
        await pause(ack?.ok === false ? (ack.retryAfterMs ?? AGAIN_MS) : AGAIN_MS);
      }
    },
    async answered(messageSeq) {
      for (;;) {
        const turnId = await until(() => {
          const found = byQuestion.get(messageSeq);
          return found !== undefined && turns.get(found)?.state !== undefined ? found : undefined;
        });
        await client.ready();
        // The end may be heard before the last deltas, or instead of them.
        if (!(await heal(turnId))) continue;
        if (byQuestion.get(messageSeq) !== turnId) continue;
        const { text, state = 'done' } = turnOf(turnId);
        const stored = [...messages.values()].find((message) => message.turnId === turnId)?.text ?? '';
        history?.streamed(turnId, text, stored);
        return { fromDeltas: text, stored, state };
      }
    },
    textOf: (turnId) => turnOf(turnId).text,
    connected: () => started,
    ready: () => until(() => (started ? true : undefined)).then(() => {}),
    session: () => session,
    resyncs: () => resyncs,
    refusals: () => refusals,
    tell: (history) =>
      history.viewed(
        conversationId,
        [...messages.values()].sort((a, b) => a.seq - b.seq),
      ),
    close: () => void socket.disconnect(),
  };
  return client;
}
