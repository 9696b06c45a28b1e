/** Every Redis key in one place. All keys of a conversation share its partition's hash tag, so that one script can change them. */

import { type FormerUsageKey, readFormerUsageKey } from './former-usage-keys.ts';
import { partitionOf } from './partition.ts';

export interface RedisKeys {
  session(tokenHash: string): string;
  /** The conversation of a visitor whom the site has identified. */
  identity(siteId: string, subjectHash: string): string;
  /** What the site says of that visitor. */
  identityProfile(identityKey: string): string;
  /** Set: ids of a visitor's sessions. */
  visitorSessions(siteId: string, visitorId: string): string;
  /** Sorted set: conversations that a visitor has left for another one, by when. */
  visitorConversations(siteId: string, visitorId: string): string;
  /** Marks an id as used, so that it cannot be used again. */
  once(idHash: string): string;
  /** What the keys start with that count something for a minute or an hour, by a hash of whom it is counted for. */
  limitCounts(name: string): string;
  /** Hash: agent's id → account, as versions before PostgreSQL stored it. */
  agentAccounts(): string;
  /** Hash: e-mail → agent's id, of those versions. */
  agentEmails(): string;
  /** A one-time link with which an agent sets a password, of those versions. */
  agentLink(tokenHash: string): string;
  /** A pattern that matches every one-time link. */
  allAgentLinks(): string;
  agentSession(tokenHash: string): string;
  /** Set: hashes of the tokens of an agent's sessions. */
  agentSessions(agentId: string): string;
  /** Hash: token's hash → the program it belongs to, of those versions. */
  apiTokens(): string;
  /** What the sign-in limiters' keys start with. */
  signInLimits(): string;
  /** Sorted set: agents viewing tickets, by the time the entry expires. */
  presence(): string;
  /** Set: ids of agents who have chosen to be away. */
  awayAgents(): string;
  /** Sorted set: conversations with a reply that may have to be e-mailed, by when. */
  mailDueTimes(): string;
  /** Hash: conversation → the last such reply. In the same slot, so that one script can update both. */
  mailReplies(): string;
  /** The one action that may message the visitor from a ticket at this version. */
  replyPermit(ticketId: string, version: number): string;
  /** Hash: owner, last seq, responder, running turn. */
  head(conversationId: string): string;
  /** Stream of messages; an entry's id is `seq-0`. */
  log(conversationId: string): string;
  /** Hash: client message id → what its first send did. */
  sends(conversationId: string): string;
  /** Stream of the events of a partition's conversations. */
  feed(partition: number): string;
  feedOf(conversationId: string): string;
  /** Hash: consumer group → its cursor in the partition's feed, and its fencing token. */
  feedCursors(partition: number): string;
  feedCursorsOf(conversationId: string): string;
  /** Hash: group and event's id → an event that the group could not handle, and why. */
  feedSetAside(partition: number): string;
  feedSetAsideOf(conversationId: string): string;
  /** Hash: partition → the process that consumes it for a group. */
  feedLeases(group: string): string;
  /** Hash: process that consumes for a group → when its lease ends. In the same slot. */
  feedMembers(group: string): string;
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
  /** Sorted set: `conversationId/turnId` by the time its lease ends, of one partition. */
  runningTurns(partition: number): string;
  runningTurnsOf(conversationId: string): string;
  /** The same of all conversations, as versions before 2026-11-30 stored it. */
  formerRunningTurns(): string;
  /** Hash: a ticket as it is now. */
  ticket(conversationId: string, ticketId: string): string;
  /** `events` and `notes` are lists; `effects` (idempotency key → action) and `runs` (run id → run) are hashes. */
  ticketPart(conversationId: string, ticketId: string, part: 'events' | 'effects' | 'runs' | 'notes'): string;
  /** Data across tickets (their conversations, views, timers); in one slot, so that one script can update it. */
  ticketIndex(part: string): string;
  /** Channel on which ticket changes are published. */
  ticketChanges(): string;
  /** What the BullMQ queue's own keys start with. */
  queuePrefix(): string;
  /** What the channels of the Socket.IO adapter start with. */
  socketChannels(): string;
  /** Stream: TTFT samples shared between processes. */
  latency(): string;
  /** Hash: what models were found to need, as JSON by model. */
  modelCorrections(): string;
  /** Hash: what a conversation's model calls have spent, for its budget. */
  conversationCost(conversationId: string): string;
  /** Stream of a conversation's last ledger rows, of versions before PostgreSQL. */
  conversationCalls(conversationId: string): string;
  /** Hash: what a ticket's analyses used and cost, of versions before PostgreSQL. */
  ticketCost(ticketId: string): string;
  /** `day` like 2026-05-20, in UTC. */
  visitorCost(siteId: string, visitorId: string, day: string): string;
  /** Hash: what one address has spent of a site's budget on a day. Addresses in names of keys are keyed hashes. */
  addressCost(siteId: string, address: string, day: string): string;
  /** Number: tickets opened in an hour (counted from 1970) on a site, for one address or for all. */
  ticketCount(siteId: string, cause: string, hour: number, address?: string): string;
  /** Number: bytes uploaded on a day on a site, from one address or from all. */
  uploadedBytes(siteId: string, day: string, address?: string): string;
  /** Hash: what a site's drafts used and cost on a day that were not sent. */
  typingCost(siteId: string, day: string): string;
  /** Sorted set: entries already counted in a set of counters, by time. */
  counted(account: string): string;
  /** Stream: usage records on their way to PostgreSQL. */
  usageQueue(): string;
  /** Hash: what a site has spent on a day, for its budget; of versions before PostgreSQL, also its totals. */
  ledgerDay(siteId: string, day: string): string;
  /** Hash: a visit's state so far. In the slot of the usage queue, because one script moves it there. */
  visit(conversationId: string): string;
  /** Sorted set: conversation → when its visit ends if nothing more happens. */
  openVisits(): string;
  /** Hash: site, or `*` for all, → why its model calls are stopped. */
  stops(): string;
  /** Hash: a site's help articles and their version. */
  articles(siteId: string): string;
  /** Hash: the settings that are made in the console, and their version. */
  settings(id: string): string;
  /** Hash: a site's guidance for answers and its version. */
  guidance(siteId: string): string;
  /** What a key holds of the use of an installation, as versions before PostgreSQL stored it; undefined for other keys. */
  formerUsageOf(key: string): FormerUsageKey | undefined;
  /** Id of the storage generation; lost together with the data. */
  storageGeneration(): string;
  /** The same for one partition, where each may be lost alone. */
  partitionGeneration(partition: number): string;
  /** Hash: the code with which the visitor confirms an e-mail address. */
  addressCode(conversationId: string): string;
  addressCodeCount(conversationId: string): string;
  /** How many codes an address was sent. */
  codesTo(emailHash: string): string;
  /** Holds the key that maps a visitor's identity to this conversation. */
  identityOf(conversationId: string): string;
  /** A pattern that matches every head, and the conversation that a head belongs to. */
  allHeads(): string;
  conversationOfHead(key: string): string | undefined;
  /** Hash: process → when its entry ends, and what its version understands. */
  processes(): string;
  /** The format of what is stored, see `data-upgrade.ts`. */
  dataFormat(): string;
  dataUpgradeLock(): string;
  /** A pattern that every key of every conversation matches, in every format; some other keys match, too. */
  allTagged(): string;
  /** The name that a key of a conversation has now; up to format 3 the hash tag was the conversation's id. */
  currentName(key: string): string;
  /** Which part of a ticket a key holds, `ticket` for the record itself; undefined for a key of something else. */
  ticketPartOf(key: string): string | undefined;
  /** Hash: position of the retention walk, and what it deleted in the current hour. */
  retentionWalk(): string;
  /** Lock of the process that does the walk's current step. */
  retentionTurn(): string;
  archiveRetentionTurn(): string;
  auditRetentionTurn(): string;
  /** The same for the walk that evicts cold conversations; its position is a SCAN cursor. */
  evictionWalk(): string;
  evictionTurn(): string;
  /** @param partition for one on the server that holds it, in a cluster */
  readyCheck(partition?: number): string;
  /** A hashed file of a recent build. */
  asset(part: string, name: string): string;
}

/** `prefix` keeps installations, and tests, on one Redis apart. */
export function createRedisKeys(prefix: string): RedisKeys {
  const own = (conversationId: string, part: string) =>
    `${prefix}:{p${partitionOf(conversationId)}}:c:${conversationId}:${part}`;
  const feed = (partition: number) => `${prefix}:{p${partition}}:feed`;
  const runningTurns = (partition: number) => `${prefix}:{p${partition}}:turns:running`;
  const isOwn = (key: string) => key.startsWith(`${prefix}:{p`);
  // One slot, because a visit enters the usage queue by one script.
  const ledger = (part: string) => `${prefix}:{ledger}:${part}`;
  return {
    session: (tokenHash) => `${prefix}:session:${tokenHash}`,
    identity: (siteId, subjectHash) => `${prefix}:identity:${siteId}:${subjectHash}`,
    identityProfile: (identityKey) => `${identityKey}:profile`,
    visitorSessions: (siteId, visitorId) => `${prefix}:visitor-sessions:${siteId}:${visitorId}`,
    visitorConversations: (siteId, visitorId) => `${prefix}:visitor-conversations:${siteId}:${visitorId}`,
    once: (idHash) => `${prefix}:once:${idHash}`,
    limitCounts: (name) => `${prefix}:${name}`,
    agentAccounts: () => `${prefix}:{agents}:accounts`,
    agentEmails: () => `${prefix}:{agents}:emails`,
    agentLink: (tokenHash) => `${prefix}:{agents}:link:${tokenHash}`,
    allAgentLinks: () => `${escapePattern(prefix)}:{agents}:link:*`,
    agentSession: (tokenHash) => `${prefix}:agent-session:${tokenHash}`,
    agentSessions: (agentId) => `${prefix}:agent-sessions:${agentId}`,
    apiTokens: () => `${prefix}:api-tokens`,
    signInLimits: () => `${prefix}:sign-in`,
    presence: () => `${prefix}:presence`,
    awayAgents: () => `${prefix}:away-agents`,
    mailDueTimes: () => `${prefix}:{mails}:due`,
    mailReplies: () => `${prefix}:{mails}:replies`,
    replyPermit: (ticketId, version) => `${prefix}:speech:${ticketId}:${version}`,
    head: (conversationId) => own(conversationId, 'head'),
    log: (conversationId) => own(conversationId, 'log'),
    sends: (conversationId) => own(conversationId, 'sends'),
    feed,
    feedOf: (conversationId) => feed(partitionOf(conversationId)),
    feedCursors: (partition) => `${feed(partition)}:cursors`,
    feedCursorsOf: (conversationId) => `${feed(partitionOf(conversationId))}:cursors`,
    feedSetAside: (partition) => `${feed(partition)}:aside`,
    feedSetAsideOf: (conversationId) => `${feed(partitionOf(conversationId))}:aside`,
    feedLeases: (group) => `${prefix}:{feed:${group}}:leases`,
    feedMembers: (group) => `${prefix}:{feed:${group}}:members`,
    turnPrefix: (conversationId) => own(conversationId, 'turn:'),
    turn: (conversationId, turnId) => own(conversationId, `turn:${turnId}`),
    deltas: (conversationId, turnId) => own(conversationId, `turn:${turnId}:deltas`),
    files: (conversationId) => own(conversationId, 'files'),
    ratings: (conversationId) => own(conversationId, 'ratings'),
    runningTurns,
    runningTurnsOf: (conversationId) => runningTurns(partitionOf(conversationId)),
    formerRunningTurns: () => `${prefix}:turns:running`,
    ticket: (conversationId, ticketId) => own(conversationId, `ticket:${ticketId}`),
    ticketPart: (conversationId, ticketId, part) => own(conversationId, `ticket:${ticketId}:${part}`),
    ticketIndex: (part) => `${prefix}:{tickets}:${part}`,
    ticketChanges: () => `${prefix}:tickets:changes`,
    queuePrefix: () => `{${prefix}:jobs}`,
    socketChannels: () => `${prefix}:sockets`,
    latency: () => `${prefix}:latency`,
    modelCorrections: () => `${prefix}:model-corrections`,
    conversationCost: (conversationId) => own(conversationId, 'cost'),
    conversationCalls: (conversationId) => own(conversationId, 'calls'),
    ticketCost: (ticketId) => `${prefix}:{ticket:${ticketId}}:cost`,
    visitorCost: (siteId, visitorId, day) => `${prefix}:{visitor:${siteId}:${visitorId}}:cost:${day}`,
    addressCost: (siteId, address, day) => `${prefix}:{address:${siteId}:${address}}:cost:${day}`,
    ticketCount: (siteId, cause, hour, address = '') => `${prefix}:{opened:${siteId}:${address}}:${cause}:${hour}`,
    uploadedBytes: (siteId, day, address = '') => `${prefix}:{uploads:${siteId}:${address}}:${day}`,
    typingCost: (siteId, day) => ledger(`typing:${day}:${siteId}`),
    counted: (account) => `${account}:counted`,
    usageQueue: () => ledger('waiting'),
    ledgerDay: (siteId, day) => ledger(`day:${day}:${siteId}`),
    visit: (conversationId) => ledger(`visit:${conversationId}`),
    openVisits: () => ledger('visits:open'),
    formerUsageOf: (key) =>
      key.startsWith(`${prefix}:{`) ? readFormerUsageKey(key.slice(prefix.length + 1)) : undefined,
    stops: () => `${prefix}:stops`,
    articles: (siteId) => `${prefix}:articles:${siteId}`,
    settings: (id) => `${prefix}:settings:${id}`,
    guidance: (siteId) => `${prefix}:guidance:${siteId}`,
    storageGeneration: () => `${prefix}:epoch`,
    partitionGeneration: (partition) => `${prefix}:{p${partition}}:epoch`,
    addressCode: (conversationId) => own(conversationId, 'code'),
    addressCodeCount: (conversationId) => own(conversationId, 'code-count'),
    codesTo: (emailHash) => `${prefix}:codes-to:${emailHash}`,
    identityOf: (conversationId) => own(conversationId, 'identity'),
    allHeads: () => `${escapePattern(prefix)}:{p*}:c:*:head`,
    conversationOfHead: (key) => (isOwn(key) ? /\{p\d+\}:c:([^:]+):head$/.exec(key)?.[1] : undefined),
    processes: () => `${prefix}:processes`,
    dataFormat: () => `${prefix}:data-format`,
    dataUpgradeLock: () => `${prefix}:data-upgrade`,
    allTagged: () => `${escapePattern(prefix)}:{*}:*`,
    currentName(key) {
      const [, conversationId, part] = (key.startsWith(`${prefix}:{`) && FORMAT_3.exec(key)) || [];
      return conversationId === undefined || part === undefined ? key : own(conversationId, part);
    },
    ticketPartOf(key) {
      const found = isOwn(key) ? /\{p\d+\}:c:[^:]+:ticket:[^:]+(?::(\w+))?$/.exec(key) : null;
      return found === null ? undefined : (found[1] ?? 'ticket');
    },
    retentionWalk: () => `${prefix}:retention:walk`,
    retentionTurn: () => `${prefix}:retention:turn`,
    archiveRetentionTurn: () => `${prefix}:retention:archive`,
    auditRetentionTurn: () => `${prefix}:retention:audit`,
    evictionWalk: () => `${prefix}:eviction:walk`,
    evictionTurn: () => `${prefix}:eviction:turn`,
    readyCheck: (partition) => (partition === undefined ? `${prefix}:ready` : `${prefix}:{p${partition}}:ready`),
    asset: (part, name) => `${prefix}:asset:${part}:${name}`,
  };
}

/** Other tags have other parts: `{agents}`, `{mails}`, `{tickets}`, `{ledger}`, and those of costs contain a colon. */
const FORMAT_3 =
  /:\{([^}:]+)\}:((?:head|log|sends|files|ratings|identity|calls|cost(?::counted)?)$|(?:turn|ticket):.+)$/;

const escapePattern = (text: string) => text.replace(/[[\]?*\\]/g, '\\$&');
