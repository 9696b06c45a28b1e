/** Applies the server's events to the chat. Pure: after `replay`, any order, loss or repetition of events ends in the same state. */
import type {
  Message,
  ReplayAnswer,
  ResponderChange,
  SessionStart,
  TurnEvent,
  TurnSnapshot,
} from '@firstword/shared/wire';
import { type ChatState, contiguousSeq, type Turn } from './chat-state.ts';

export interface ReplayRequest {
  afterSeq: number;
  turnId?: string;
  afterDelta?: number;
}

function mergeMessages(held: readonly Message[], arrived: readonly Message[]): readonly Message[] {
  const fresh = arrived.filter(({ seq }) => !held.some((message) => message.seq === seq));
  if (fresh.length === 0) return held;
  return [...held, ...fresh].sort((one, other) => one.seq - other.seq);
}

/** Returns the same list when nothing is removed, so that a comparison by identity sees no change. */
function kept<T>(list: readonly T[], keep: (item: T) => boolean): readonly T[] {
  return list.every(keep) ? list : list.filter(keep);
}

/** Drops turns whose answer is stored and outgoing messages that are acknowledged. */
function settle(state: ChatState): ChatState {
  const stored = new Set(state.messages.map(({ turnId }) => turnId));
  const turns = kept(state.turns, (turn) => turn.state === 'running' || !stored.has(turn.turnId));
  const known = new Set(state.messages.map(({ id }) => id));
  const outgoing = kept(state.outgoing, ({ id }) => !known.has(id));
  return { ...state, turns, outgoing };
}

export function applyMessage(state: ChatState, message: Message): ChatState {
  const messages = mergeMessages(state.messages, [message]);
  if (messages === state.messages) return state;
  const turns = state.turns.map((turn) =>
    turn.turnId === message.turnId && turn.state === 'running'
      ? { ...turn, state: message.state ?? ('done' as const), endSeq: message.seq }
      : turn,
  );
  const agentTyping = message.from === 'agent' ? false : state.agentTyping;
  return settle({ ...state, messages, turns, agentTyping });
}

function newTurn(turnId: string): Turn {
  return { turnId, messageSeq: 0, text: '', lastDelta: 0, seenDelta: 0, state: 'running' };
}

function applyToTurn(turn: Turn, event: TurnEvent): Turn {
  switch (event.type) {
    case 'turn-start':
      return turn.messageSeq === event.messageSeq ? turn : { ...turn, messageSeq: event.messageSeq };
    case 'text-delta': {
      if (event.n <= turn.lastDelta) return turn;
      const seenDelta = Math.max(turn.seenDelta, event.n);
      if (event.n !== turn.lastDelta + 1) return { ...turn, seenDelta };
      return { ...turn, text: (event.replaces ? '' : turn.text) + event.text, lastDelta: event.n, seenDelta };
    }
    case 'turn-end': {
      if (turn.state !== 'running') return turn;
      const { seq, code, retryable } = event;
      return {
        ...turn,
        state: event.state,
        ...(seq !== undefined && { endSeq: seq }),
        ...(code !== undefined && { code }),
        ...(retryable !== undefined && { retryable }),
      };
    }
  }
}

function noteShortened(state: ChatState, event: TurnEvent): ChatState {
  if (event.type !== 'turn-end' || !event.shortened || state.shortened.includes(event.turnId)) return state;
  return { ...state, shortened: [...state.shortened, event.turnId] };
}

export function applyTurnEvent(before: ChatState, event: TurnEvent): ChatState {
  // Only this event says that the answer was shortened, even if its text is stored already.
  const state = noteShortened(before, event);
  // A late or repeated event of an answer that is already stored.
  if (state.messages.some(({ turnId }) => turnId === event.turnId)) return state;
  const held = state.turns.find(({ turnId }) => turnId === event.turnId);
  const after = applyToTurn(held ?? newTurn(event.turnId), event);
  if (after === held) return state;
  const turns = held ? state.turns.map((turn) => (turn === held ? after : turn)) : [...state.turns, after];
  // Text deltas settle nothing and arrive up to a hundred times a second.
  return event.type === 'text-delta' ? { ...state, turns } : settle({ ...state, turns });
}

export function applyTurnEvents(state: ChatState, events: readonly TurnEvent[]): ChatState {
  let next = state;
  for (const event of events) next = applyTurnEvent(next, event);
  return next;
}

function applyTurnSnapshot(state: ChatState, snapshot: TurnSnapshot): ChatState {
  const { turnId, messageSeq, deltas } = snapshot;
  let next = applyTurnEvent(state, { type: 'turn-start', turnId, messageSeq });
  for (const delta of deltas) next = applyTurnEvent(next, { type: 'text-delta', turnId, ...delta });
  return snapshot.state === 'running'
    ? next
    : applyTurnEvent(next, { type: 'turn-end', turnId, state: snapshot.state });
}

/** `receivedAt`: when it arrived, by the visitor's clock. */
export function applySessionStart(state: ChatState, start: SessionStart, receivedAt = Date.now()): ChatState {
  const same = state.conversationId === start.conversationId;
  const first = start.messages[0]?.seq ?? start.lastSeq + 1;
  const joins = same && first <= contiguousSeq(state) + 1;
  const messages = joins ? mergeMessages(state.messages, start.messages) : start.messages;
  // A turn that the server no longer runs ended while we were disconnected; its answer, if any, is among the messages.
  const turns = (same ? state.turns : []).map((turn) =>
    turn.state === 'running' && turn.turnId !== start.turn?.turnId
      ? { ...turn, state: 'interrupted' as const, retryable: true }
      : turn,
  );
  const next = settle({
    ...state,
    connection: { kind: 'online' },
    conversationId: start.conversationId,
    firstSeq: joins ? Math.min(state.firstSeq, first) : first,
    messages,
    turns,
    responder: start.responder,
    seenSeq: start.seenSeq,
    site: start.site,
    contact: start.contact ?? state.contact,
    mode: start.mode,
    agentTyping: false,
    others: start.others?.unread,
    // Measured once: if the visitor's clock were changed later, every time on the screen would jump.
    clockOffsetMs: state.conversationId === undefined && start.now ? start.now - receivedAt : state.clockOffsetMs,
    // The stored value may belong to an earlier, longer conversation.
    readSeq: Math.max(start.readSeq ?? 0, Math.min(state.readSeq, start.lastSeq)),
  });
  return start.turn ? applyTurnSnapshot(next, start.turn) : next;
}

export function applyReplay(state: ChatState, answer: ReplayAnswer): ChatState {
  let next = state;
  for (const message of answer.messages) next = applyMessage(next, message);
  return answer.turn ? applyTurnSnapshot(next, answer.turn) : next;
}

export function applyHistory(state: ChatState, earlier: readonly Message[]): ChatState {
  const firstSeq = Math.min(state.firstSeq, ...earlier.map(({ seq }) => seq));
  return { ...state, firstSeq, messages: mergeMessages(state.messages, earlier) };
}

export function applyResponder(state: ChatState, responder: ResponderChange): ChatState {
  return { ...state, responder, agentTyping: responder.responder === 'agent' && state.agentTyping };
}

/** The replay that would close the gaps; undefined when no event is known to be missing. */
export function missing(state: ChatState): ReplayRequest | undefined {
  const afterSeq = contiguousSeq(state);
  const gapped = state.turns.find(({ lastDelta, seenDelta, messageSeq }) => seenDelta > lastDelta || messageSeq === 0);
  if (gapped) return { afterSeq, turnId: gapped.turnId, afterDelta: gapped.lastDelta };
  const last = state.messages.at(-1)?.seq ?? 0;
  // A turn may start just before the acknowledgement of its message arrives: that is no gap.
  const answered = state.outgoing.length > 0 ? 0 : Math.max(0, ...state.turns.map(({ messageSeq }) => messageSeq));
  const promised = Math.max(answered, ...state.turns.map(({ endSeq }) => endSeq ?? 0));
  return Math.max(last, promised) > afterSeq ? { afterSeq } : undefined;
}
