/** Changes to the visitor's unacknowledged messages. Pure. */
import type { AckCode } from '@firstword/shared/wire-refusals';
import { applyTurnEvent } from './apply-event.ts';
import { type ChatState, leaveConversation, type Outgoing } from './chat-state.ts';

export function addOutgoing(state: ChatState, message: Omit<Outgoing, 'status'>): ChatState {
  if (state.outgoing.some(({ id }) => id === message.id)) return state;
  return { ...state, outgoing: [...state.outgoing, { ...message, status: 'pending' }] };
}

/**
 * Moves an acknowledged message to the messages. Pass `turnId`, the turn it started, only on the first attempt: a later
 * acknowledgement may name a turn that has long ended.
 */
export function acknowledge(state: ChatState, id: string, seq: number, turnId?: string): ChatState {
  const next = place(state, id, seq);
  return turnId === undefined ? next : applyTurnEvent(next, { type: 'turn-start', turnId, messageSeq: seq });
}

function place(state: ChatState, id: string, seq: number): ChatState {
  const sent = state.outgoing.find((message) => message.id === id);
  if (!sent) return state;
  const outgoing = state.outgoing.filter((message) => message !== sent);
  if (state.messages.some((message) => message.seq === seq)) return { ...state, outgoing };
  const message = { seq, id, from: 'visitor' as const, text: sent.text, at: sent.at + state.clockOffsetMs };
  const messages = [...state.messages, message].sort((one, other) => one.seq - other.seq);
  return { ...state, outgoing, messages };
}

/** Two tabs that start at once begin two conversations, and one of them is left within this time. */
const SAME_MOMENT_MS = 10_000;

/**
 * Follows the visitor, as another tab has stored them, into the conversation that it has begun. What has just been sent in the one
 * that is left is sent there, too.
 */
export function followTab(
  state: ChatState,
  {
    conversation,
    subject,
    readSeq,
  }: { conversation?: string | undefined; subject?: string | undefined; readSeq: number },
  now = Date.now(),
): ChatState {
  const since = now + state.clockOffsetMs - SAME_MOMENT_MS;
  // What a visitor has sent before signing in is moved by the server.
  const sent = subject === undefined ? state.messages.filter(({ from, at }) => from === 'visitor' && at > since) : [];
  const again = sent.map(({ id, text, at }) => ({
    id,
    text,
    at: at - state.clockOffsetMs,
    status: 'pending' as const,
  }));
  const next = { ...state, outgoing: [...again, ...state.outgoing] };
  // Session and conversation may have been stored by different tabs.
  return { ...(conversation === state.conversationId ? next : leaveConversation(next)), readSeq };
}

export function refuse(state: ChatState, id: string, code: AckCode | 'unreachable'): ChatState {
  return replaceOutgoing(state, id, ({ text, at }) => ({ id, text, at, status: 'failed', code }));
}

/** Back to `pending`. After a `conflict` only a new id can succeed, so the caller passes the id to use. */
export function retry(state: ChatState, id: string, nextId: string): ChatState {
  return replaceOutgoing(state, id, ({ text, at }) => ({ id: nextId, text, at, status: 'pending' }));
}

export function discard(state: ChatState, id: string): ChatState {
  return { ...state, outgoing: state.outgoing.filter((message) => message.id !== id) };
}

function replaceOutgoing(state: ChatState, id: string, change: (message: Outgoing) => Outgoing): ChatState {
  return { ...state, outgoing: state.outgoing.map((message) => (message.id === id ? change(message) : message)) };
}

/** Makes a random UUID (version 4), also on plain-http pages, where the browser offers no `crypto.randomUUID`. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  // Not `Array.from`: Prototype.js replaces it with a function that ignores the mapping.
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
