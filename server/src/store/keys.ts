/** Every Redis key in one place. All keys of a conversation share one hash tag, so a cluster shards by conversation. */
export interface RedisKeys {
  session(tokenHash: string): string;
  /** The conversation of a visitor whom the site has identified. */
  identity(siteId: string, subjectHash: string): string;
  /** Marks an id as used. */
  once(idHash: string): string;
  /** Hash: agent's id → account. Shares its hash tag with the e-mails and links that one script changes with it. */
  agentAccounts(): string;
  /** Hash: e-mail → agent's id. */
  agentEmails(): string;
  /** A one-time link by which a person sets a password. */
  agentLink(tokenHash: string): string;
  agentSession(tokenHash: string): string;
  /** Hash: token's hash → the program that it stands for. */
  apiTokens(): string;
  /** What the sign-in limiters' keys start with. */
  signInLimits(): string;
  /** Sorted set: who looks at which ticket, by the time the claim lapses. */
  presence(): string;
  /** Which action may speak to the visitor on a ticket as of one version. */
  speech(ticketId: string, version: number): string;
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
  /** Hash: a ticket as it is now. */
  ticket(conversationId: string, ticketId: string): string;
  /** `events` and `notes` are lists; `effects` (idempotency key → action) and `runs` (run id → run) are hashes. */
  ticketPart(conversationId: string, ticketId: string, part: 'events' | 'effects' | 'runs' | 'notes'): string;
  /** What spans all tickets (where each lives, views, timers); in one slot, so that one script can keep it. */
  ticketIndex(part: string): string;
  /** Channel on which every change of a ticket is told. */
  ticketChanges(): string;
  /** What the BullMQ queue's own keys start with. */
  queuePrefix(): string;
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
    agentAccounts: () => `${prefix}:{agents}:accounts`,
    agentEmails: () => `${prefix}:{agents}:emails`,
    agentLink: (tokenHash) => `${prefix}:{agents}:link:${tokenHash}`,
    agentSession: (tokenHash) => `${prefix}:agent-session:${tokenHash}`,
    apiTokens: () => `${prefix}:api-tokens`,
    signInLimits: () => `${prefix}:sign-in`,
    presence: () => `${prefix}:presence`,
    speech: (ticketId, version) => `${prefix}:speech:${ticketId}:${version}`,
    head: (conversationId) => own(conversationId, 'head'),
    log: (conversationId) => own(conversationId, 'log'),
    sends: (conversationId) => own(conversationId, 'sends'),
    turnPrefix: (conversationId) => own(conversationId, 'turn:'),
    turn: (conversationId, turnId) => own(conversationId, `turn:${turnId}`),
    deltas: (conversationId, turnId) => own(conversationId, `turn:${turnId}:deltas`),
    ratings: (conversationId) => own(conversationId, 'ratings'),
    runningTurns: () => `${prefix}:turns:running`,
    ticket: (conversationId, ticketId) => own(conversationId, `ticket:${ticketId}`),
    ticketPart: (conversationId, ticketId, part) => own(conversationId, `ticket:${ticketId}:${part}`),
    ticketIndex: (part) => `${prefix}:{tickets}:${part}`,
    ticketChanges: () => `${prefix}:tickets:changes`,
    queuePrefix: () => `{${prefix}:jobs}`,
    ledgerRows: () => `${prefix}:ledger:rows`,
    ledgerDay: (day) => `${prefix}:ledger:day:${day}`,
    conversationCost: (conversationId) => own(conversationId, 'cost'),
  };
}
