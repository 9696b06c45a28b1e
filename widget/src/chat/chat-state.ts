/** Everything the panel shows of one conversation, as plain values; the functions here change it without side effects. */
import type { SiteView } from '@firstword/shared/site-view';
import type { Message, ResponderChange, SessionStart, TurnState } from '@firstword/shared/wire';
import type { AckCode, ConnectCode } from '@firstword/shared/wire-refusals';
import type { Opening } from '../contract.ts';

/** A visitor's message that the server has not acknowledged. `id` is a UUID made here and stays through every resend. */
export interface Outgoing {
  id: string;
  text: string;
  at: number;
  status: 'pending' | 'failed';
  /** Why it failed; `unreachable` when no acknowledgement came. */
  code?: AckCode | 'unreachable';
}

/** One answer as it arrives. `lastDelta` is the last one applied, `seenDelta` the highest number seen. */
export interface Turn {
  turnId: string;
  /** `seq` of the message it answers; 0 while only later events of the turn are known. */
  messageSeq: number;
  text: string;
  lastDelta: number;
  seenDelta: number;
  state: TurnState;
  /** `seq` of the stored answer, once the turn has ended with one. */
  endSeq?: number;
  code?: string;
  retryable?: boolean;
}

/** Where to reply once the visitor has left, and the ticket it was given for. */
export interface Contact {
  email: string;
  /** The server knows that it is the visitor's. */
  confirmed?: boolean;
  ticketId?: string;
}

/** Refusals that the visitor reads about. */
export type RefusalCode = Exclude<ConnectCode, 'unavailable' | 'draining'>;

export interface ActionFailure {
  action: 'stop' | 'retry' | 'up' | 'down';
  code: AckCode | 'unreachable';
}

type ConnectionState = { kind: 'idle' | 'connecting' | 'online' | 'waiting' } | { kind: 'refused'; code: RefusalCode };

/** Each part is present, also if undefined: `sameButText` compares the parts of the earlier state. */
export interface ChatState {
  connection: ConnectionState;
  conversationId: string | undefined;
  /** The `seq` from which on messages are held here; earlier ones are fetched when the visitor scrolls up. */
  firstSeq: number;
  /** With what an empty conversation begins; the server stores it with the visitor's first message. */
  opening: Opening | undefined;
  /** Ordered by `seq`, each once. */
  messages: readonly Message[];
  outgoing: readonly Outgoing[];
  turns: readonly Turn[];
  /** Turns whose answer was cut because it grew too long. */
  shortened: readonly string[];
  responder: ResponderChange;
  site: SiteView | undefined;
  mode: SessionStart['mode'];
  agentTyping: boolean;
  /** Milliseconds by which the server's clock is ahead of the visitor's. */
  clockOffsetMs: number;
  /** Ratings given in this window, by message id. */
  ratings: Readonly<Record<string, 'up' | 'down'>>;
  /** Failed actions by the key of the answer's row, shown there until the next attempt. */
  actionFailures: Readonly<Record<string, ActionFailure>>;
  contact: Contact | undefined;
  /** The visitor has ended the chat in this window; the server isn't notified. */
  ended: boolean;
  /** The end that the visitor rated last, as `conversationEnd` names it. */
  ratedEnd: string | undefined;
  readSeq: number;
  /** `seq` of the last message that the agent has read. */
  seenSeq: number | undefined;
  /** The visitor's other conversations with unread messages; undefined where there is no other conversation. */
  others: readonly string[] | undefined;
}

export const emptyChat: ChatState = {
  connection: { kind: 'idle' },
  conversationId: undefined,
  firstSeq: 1,
  opening: undefined,
  messages: [],
  outgoing: [],
  turns: [],
  shortened: [],
  responder: { responder: 'assistant' },
  site: undefined,
  mode: 'live',
  agentTyping: false,
  clockOffsetMs: 0,
  ratings: {},
  actionFailures: {},
  contact: undefined,
  ended: false,
  ratedEnd: undefined,
  readSeq: 0,
  seenSeq: undefined,
  others: undefined,
};

/** What stays when another conversation begins: the site, the connection and unsent messages. */
export function leaveConversation({ connection, site, mode, outgoing, opening }: ChatState): ChatState {
  return { ...emptyChat, connection, site, mode, outgoing, opening };
}

/** The highest `seq` up to which nothing is missing. */
export function contiguousSeq({ firstSeq, messages }: Pick<ChatState, 'firstSeq' | 'messages'>): number {
  let last = firstSeq - 1;
  for (const { seq } of messages) {
    if (seq > last + 1) break;
    last = Math.max(last, seq);
  }
  return last;
}

/** Keeps the latest `keep` messages once there are twice as many; earlier ones can be fetched again. */
export function trimHistory(state: ChatState, keep: number): ChatState {
  const [first, ...rest] = state.messages.slice(-keep);
  if (state.messages.length < keep * 2 || first === undefined) return state;
  return { ...state, messages: [first, ...rest], firstSeq: first.seq };
}

/** The answer that is being written now. */
export function runningTurn(state: ChatState): Turn | undefined {
  return state.turns.find(({ state: turnState }) => turnState === 'running');
}

/** Same turn, same state, and both have some text. */
function sameTurnButText(one: Turn, other: Turn | undefined): boolean {
  if (one === other) return true;
  if (other === undefined || one.text === '' || other.text === '') return false;
  return one.turnId === other.turnId && one.messageSeq === other.messageSeq && one.state === other.state;
}

/** True when two states differ at most in the text of running answers. */
export function sameButText(one: ChatState, other: ChatState): boolean {
  const { turns, ...rest } = one;
  const parts = Object.keys(rest) as (keyof typeof rest)[];
  return (
    parts.every((part) => one[part] === other[part]) &&
    turns.length === other.turns.length &&
    turns.every((turn, at) => sameTurnButText(turn, other.turns[at]))
  );
}

/** The site has a pre-chat form and there is no message yet, or it needs the visitor's consent. */
export function asksFirst({ site, messages, outgoing }: ChatState): boolean {
  return site?.preChat !== undefined && (!!site.preChat.consent || messages.length + outgoing.length === 0);
}

/** Messages of agents and the assistant that the visitor has not read; each other conversation with some counts as one. */
export function unreadCount({ messages, readSeq, others = [] }: ChatState): number {
  return (
    messages.filter(({ seq, from }) => seq > readSeq && from !== 'visitor' && from !== 'system').length + others.length
  );
}

/** An id for the end of the conversation, the same in every window; undefined while it is open. */
export function conversationEnd({ messages, outgoing, ended, conversationId }: ChatState): string | undefined {
  if (outgoing.length > 0) return undefined;
  const asked = messages.findLast(({ from }) => from === 'visitor');
  if (ended) return `${conversationId} ${asked?.seq ?? 0}`;
  const last = messages.findLast(({ from, notice }) => from === 'visitor' || notice === 'resolved');
  return last?.notice === 'resolved' ? last.id : undefined;
}
