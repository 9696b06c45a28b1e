/** Every Redis key in one place. All keys of a conversation share one hash tag, so a cluster shards by conversation. */
export interface RedisKeys {
  session(tokenHash: string): string;
  /** The conversation of a visitor whom the site has identified. */
  identity(siteId: string, subjectHash: string): string;
  /** Marks an id as used. */
  once(idHash: string): string;
  /** Hash: owner, last seq, handler, running turn. */
  head(conversationId: string): string;
  /** Stream of messages; an entry's id is `seq-0`. */
  log(conversationId: string): string;
  /** Hash: client message id → what its first send did. */
  sends(conversationId: string): string;
  /** What a turn's two keys start with; scripts add the turn's id. */
  turnPrefix(conversationId: string): string;
  /** Hash: state, lease, epoch of a turn. */
  turn(conversationId: string, turnId: string): string;
  /** Stream of a turn's deltas; an entry's id is `n-0`. */
  deltas(conversationId: string, turnId: string): string;
  /** Hash: message id → rating. */
  ratings(conversationId: string): string;
  /** Sorted set: `conversationId/turnId` by the time its lease ends. */
  runningTurns(): string;
  /** Stream: waits for first tokens, as processes tell one another. */
  latency(): string;
  ledgerRows(): string;
  ledgerDay(day: string): string;
  conversationCost(conversationId: string): string;
}

/** `prefix` keeps installations, and tests, on one Redis apart. */
export function createRedisKeys(prefix: string): RedisKeys {
  const own = (conversationId: string, part: string) => `${prefix}:{${conversationId}}:${part}`;
  return {
    session: (tokenHash) => `${prefix}:session:${tokenHash}`,
    identity: (siteId, subjectHash) => `${prefix}:identity:${siteId}:${subjectHash}`,
    once: (idHash) => `${prefix}:once:${idHash}`,
    head: (conversationId) => own(conversationId, 'head'),
    log: (conversationId) => own(conversationId, 'log'),
    sends: (conversationId) => own(conversationId, 'sends'),
    turnPrefix: (conversationId) => own(conversationId, 'turn:'),
    turn: (conversationId, turnId) => own(conversationId, `turn:${turnId}`),
    deltas: (conversationId, turnId) => own(conversationId, `turn:${turnId}:deltas`),
    ratings: (conversationId) => own(conversationId, 'ratings'),
    runningTurns: () => `${prefix}:turns:running`,
    latency: () => `${prefix}:latency`,
    ledgerRows: () => `${prefix}:ledger:rows`,
    ledgerDay: (day) => `${prefix}:ledger:day:${day}`,
    conversationCost: (conversationId) => own(conversationId, 'cost'),
  };
}
