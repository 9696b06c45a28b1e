/** Keys of tickets beside their records in PostgreSQL: permits, counters, and the ways to other processes. */
export interface TicketKeys {
  /** The one action that may message the visitor from a ticket at this version. */
  replyPermit(ticketId: string, version: number): string;
  /** Number: tickets opened in an hour (counted from 1970) on a site, for one address or for all. */
  ticketCount(siteId: string, cause: string, hour: number, address?: string): string;
  /** Data across tickets (their conversations, views, timers); in one slot, so that one script can update it. */
  ticketIndex(part: string): string;
  /** Channel on which ticket changes are published. */
  ticketChanges(): string;
  /** What the BullMQ queue's own keys start with. */
  queuePrefix(): string;
}

export function createTicketKeys(prefix: string): TicketKeys {
  return {
    replyPermit: (ticketId, version) => `${prefix}:speech:${ticketId}:${version}`,
    ticketCount: (siteId, cause, hour, address = '') => `${prefix}:{opened:${siteId}:${address}}:${cause}:${hour}`,
    ticketIndex: (part) => `${prefix}:{tickets}:${part}`,
    ticketChanges: () => `${prefix}:tickets:changes`,
    queuePrefix: () => `{${prefix}:jobs}`,
  };
}
