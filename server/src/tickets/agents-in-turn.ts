/** Who may be assigned the next ticket of a site: agents who are online and answer its tickets. */
import { may } from '@firstword/shared/permissions';
import type { Site } from '@firstword/shared/site';
import type { Ticket } from '@firstword/shared/ticket';
import type { AccountStore } from '../records/account-store.ts';
import type { Presence } from '../store/agent-presence.ts';

export type Assignee = NonNullable<Ticket['assignee']>;

export interface AgentsInTurn {
  /** Sites whose tickets are assigned automatically. */
  siteIds(): string[];
  /** No agents where that is off. @throws RecordsError */
  of(siteId: string): Promise<{ readonly agents: readonly Assignee[]; readonly maxOpen: number }>;
}

export interface AgentsInTurnParts {
  readonly sites: ReadonlyMap<string, Pick<Site, 'assignment'>>;
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly presence: Pick<Presence, 'read'>;
}

export function createAgentsInTurn({ sites, accounts, presence }: AgentsInTurnParts): AgentsInTurn {
  return {
    siteIds: () => [...sites].flatMap(([id, { assignment }]) => (assignment.inTurn ? [id] : [])),
    async of(siteId) {
      const { inTurn = false, maxOpenTickets: maxOpen = 0 } = sites.get(siteId)?.assignment ?? {};
      if (!inTurn) return { agents: [], maxOpen };
      const { statuses } = await presence.read();
      if (![...statuses.values()].includes('online')) return { agents: [], maxOpen };
      const agents = (await accounts.list()).filter(
        (account) =>
          statuses.get(account.id) === 'online' &&
          account.deactivatedAt === undefined &&
          may(account, 'tickets:write', siteId),
      );
      return { agents: agents.map(({ id, name }) => ({ id, name })), maxOpen };
    },
  };
}
