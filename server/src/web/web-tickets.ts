/** The tickets of a web process: their store, their queue of analyses, who gets new ones, and how many there may be. */
import type { Site } from '@firstword/shared/site';
import { targetFor } from '@firstword/shared/waiting-target';
import { createPresence, PRESENCE_MS } from '../store/agent-presence.ts';
import type { RedisKeys } from '../store/keys.ts';
import { createTicketChannel } from '../store/ticket-channel.ts';
import { createTicketHeads } from '../store/ticket-heads.ts';
import { createWindowCounts } from '../store/window-counts.ts';
import { createAgentsInTurn } from '../tickets/agents-in-turn.ts';
import { createAnalysisQueue } from '../tickets/analysis-queue.ts';
import { createTicketCeilings } from '../tickets/ticket-ceilings.ts';
import { createTickets } from '../tickets/tickets.ts';
import type { WebConnections } from './web-connections.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface WebTicketsParts extends Pick<WebConnections, 'background' | 'ticketChanges'> {
  readonly keys: RedisKeys;
  readonly sites: ReadonlyMap<string, Site>;
}

export function createWebTickets(
  { background, ticketChanges, keys, sites }: WebTicketsParts,
  { records, limits, log }: Pick<WebAppSettings, 'records' | 'limits' | 'log'>,
) {
  const queue = createAnalysisQueue(background, keys.queuePrefix());
  const ticketParts = {
    heads: createTicketHeads(background, keys),
    channel: createTicketChannel(background, keys, ticketChanges),
  };
  const tickets = createTickets({
    store: records.tickets,
    ...ticketParts,
    queue,
    targetOf(siteId, urgency, from) {
      const site = sites.get(siteId);
      return site && targetFor(site, urgency, from);
    },
    turns: createAgentsInTurn({
      sites,
      accounts: records.accounts,
      presence: createPresence(background, keys, PRESENCE_MS),
    }),
    log,
  });
  const ticketCeilings = createTicketCeilings({
    counts: createWindowCounts(background),
    limits: {
      wishesPerAddress: limits.agentRequestsPerAddressHour,
      openedPerAddress: limits.ticketsPerAddressHour,
      openedPerSite: limits.ticketsPerSiteHour,
    },
    ...{ keys, log },
  });
  return { queue, ticketParts, tickets, ticketCeilings };
}
