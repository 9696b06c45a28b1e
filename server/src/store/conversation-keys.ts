/** Keys of conversations and their turns. All keys of a conversation share its partition's hash tag, so that one script can change them. */
import { escapePattern } from './escape-pattern.ts';
import { partitionOf } from './partition.ts';

export interface ConversationKeys {
  /** Hash: owner, last seq, responder, running turn. */
  head(conversationId: string): string;
  /** A pattern that matches every head, and the conversation that a head belongs to. */
  allHeads(): string;
  conversationOfHead(key: string): string | undefined;
  /** Stream of messages; an entry's id is `seq-0`. */
  log(conversationId: string): string;
  /** Hash: client message id → what its first send did. */
  sends(conversationId: string): string;
  /** What a turn's two keys start with; scripts add the turn's id. */
  turnPrefix(conversationId: string): string;
  /** Hash: state, lease and asker of a turn. */
  turn(conversationId: string, turnId: string): string;
  /** Stream of a turn's deltas; an entry's id is `n-0`. */
  deltas(conversationId: string, turnId: string): string;
  /** Hash: id of a sent file → its metadata. */
  files(conversationId: string): string;
  /** Hash: message id → rating. */
  ratings(conversationId: string): string;
  /** Hash: what a conversation's model calls have spent, for its budget. */
  conversationCost(conversationId: string): string;
  /** Holds the key that maps a visitor's identity to this conversation. */
  identityOf(conversationId: string): string;
  /** Hash: the code with which the visitor confirms an e-mail address. */
  addressCode(conversationId: string): string;
  addressCodeCount(conversationId: string): string;
  /** Sorted set: `conversationId/turnId` by the time its lease ends, of one partition. */
  runningTurns(partition: number): string;
  runningTurnsOf(conversationId: string): string;
  /** Sorted set: conversations with a reply that may have to be e-mailed, by when. */
  mailDueTimes(): string;
  /** Hash: conversation → the last such reply. In the same slot, so that one script can update both. */
  mailReplies(): string;
}

/** One part of a conversation. */
export function conversationKey(prefix: string, conversationId: string, part: string): string {
  return `${prefix}:{p${partitionOf(conversationId)}}:c:${conversationId}:${part}`;
}

export function createConversationKeys(prefix: string): ConversationKeys {
  const own = (conversationId: string, part: string) => conversationKey(prefix, conversationId, part);
  const runningTurns = (partition: number) => `${prefix}:{p${partition}}:turns:running`;
  return {
    head: (conversationId) => own(conversationId, 'head'),
    allHeads: () => `${escapePattern(prefix)}:{p*}:c:*:head`,
    conversationOfHead: (key) =>
      key.startsWith(`${prefix}:{p`) ? /\{p\d+\}:c:([^:]+):head$/.exec(key)?.[1] : undefined,
    log: (conversationId) => own(conversationId, 'log'),
    sends: (conversationId) => own(conversationId, 'sends'),
    turnPrefix: (conversationId) => own(conversationId, 'turn:'),
    turn: (conversationId, turnId) => own(conversationId, `turn:${turnId}`),
    deltas: (conversationId, turnId) => own(conversationId, `turn:${turnId}:deltas`),
    files: (conversationId) => own(conversationId, 'files'),
    ratings: (conversationId) => own(conversationId, 'ratings'),
    conversationCost: (conversationId) => own(conversationId, 'cost'),
    identityOf: (conversationId) => own(conversationId, 'identity'),
    addressCode: (conversationId) => own(conversationId, 'code'),
    addressCodeCount: (conversationId) => own(conversationId, 'code-count'),
    runningTurns,
    runningTurnsOf: (conversationId) => runningTurns(partitionOf(conversationId)),
    mailDueTimes: () => `${prefix}:{mails}:due`,
    mailReplies: () => `${prefix}:{mails}:replies`,
  };
}
