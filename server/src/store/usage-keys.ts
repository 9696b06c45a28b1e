/** Keys of what is used and spent: the queue to PostgreSQL, budgets' counters, and what models were found to need. */
export interface UsageKeys {
  /** Stream: usage records on their way to PostgreSQL. */
  usageQueue(): string;
  /** Hash: what a site has spent on a day, for its budget; of versions before PostgreSQL, also its totals. */
  ledgerDay(siteId: string, day: string): string;
  /** Hash: what a site's drafts used and cost on a day that were not sent. */
  typingCost(siteId: string, day: string): string;
  /** Hash: a visit's state so far. In the slot of the usage queue, because one script moves it there. */
  visit(conversationId: string): string;
  /** Sorted set: conversation → when its visit ends if nothing more happens. */
  openVisits(): string;
  /** `day` like 2026-05-20, in UTC. */
  visitorCost(siteId: string, visitorId: string, day: string): string;
  /** Hash: what one address has spent of a site's budget on a day. Addresses in names of keys are keyed hashes. */
  addressCost(siteId: string, address: string, day: string): string;
  /** How many replays an agent has asked for in an hour, numbered since 1970. */
  replayCount(agentId: string, hour: number): string;
  /** Sorted set: entries already counted in a set of counters, by time. */
  counted(account: string): string;
  /** Hash: site, or `*` for all, → why its model calls are stopped. */
  stops(): string;
  /** Stream: TTFT samples shared between processes. */
  latency(): string;
  /** Hash: what models were found to need, as JSON by model. */
  modelCorrections(): string;
  /** What the last check of the models found, as JSON. */
  modelCheck(): string;
}

export function createUsageKeys(prefix: string): UsageKeys {
  // One slot, because a visit enters the usage queue by one script.
  const ledger = (part: string) => `${prefix}:{ledger}:${part}`;
  return {
    usageQueue: () => ledger('waiting'),
    ledgerDay: (siteId, day) => ledger(`day:${day}:${siteId}`),
    typingCost: (siteId, day) => ledger(`typing:${day}:${siteId}`),
    visit: (conversationId) => ledger(`visit:${conversationId}`),
    openVisits: () => ledger('visits:open'),
    visitorCost: (siteId, visitorId, day) => `${prefix}:{visitor:${siteId}:${visitorId}}:cost:${day}`,
    addressCost: (siteId, address, day) => `${prefix}:{address:${siteId}:${address}}:cost:${day}`,
    replayCount: (agentId, hour) => `${prefix}:replays:${agentId}:${hour}`,
    counted: (account) => `${account}:counted`,
    stops: () => `${prefix}:stops`,
    latency: () => `${prefix}:latency`,
    modelCorrections: () => `${prefix}:model-corrections`,
    modelCheck: () => `${prefix}:model-check`,
  };
}
