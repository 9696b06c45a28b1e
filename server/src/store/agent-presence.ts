/**
 * Which agents are connected, who of them is away, and which ticket each is viewing, across processes. Connections expire by
 * themselves, so a dead process leaves none behind; that an agent is away is kept until the agent is back.
 */

import type { AgentStatus } from '@firstword/shared/agent-status';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { createExpiringSet } from './expiring-set.ts';
import type { RedisKeys } from './keys.ts';

/** How long a connection counts unless it is renewed. */
export const PRESENCE_MS = 30_000;

export interface Viewer {
  readonly socketId: string;
  /** Empty for a page without an open ticket. */
  readonly ticketId: string;
  /** The ticket's site. */
  readonly siteId: string;
  readonly agent: { readonly id: string; readonly name: string };
}
export type Viewers = { ticketId: string; siteId: string; agents: { id: string; name: string }[] }[];

/** Of the connected agents, in the order of their ids. */
export type AgentStatuses = ReadonlyMap<string, AgentStatus>;

export interface Presence {
  /** Adds or renews the entries of these sockets. */
  touch(viewers: readonly Viewer[]): Promise<void>;
  drop(viewer: Viewer): Promise<void>;
  setStatus(agentId: string, status: AgentStatus): Promise<void>;
  /** All tickets with their viewers, in a stable order; an agent with two pages on a ticket counts once. */
  read(): Promise<{ viewers: Viewers; statuses: AgentStatuses }>;
}

/** An older version wrote no site; only agents with all sites see such a viewer. */
const memberSchema = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string().optional()]);

/** @param ttlMs how long an entry lives unless it is renewed */
export function createPresence(redis: Redis, keys: RedisKeys, ttlMs: number): Presence {
  const entries = createExpiringSet(redis, keys.presence(), ttlMs);
  const toMember = ({ ticketId, agent, socketId, siteId }: Viewer) =>
    JSON.stringify([ticketId, agent.id, agent.name, socketId, siteId] satisfies z.input<typeof memberSchema>);
  return {
    touch: (viewers) => entries.touch(viewers.map(toMember)),
    drop: (viewer) => entries.drop(toMember(viewer)),
    async setStatus(agentId, status) {
      if (status === 'away') await redis.sadd(keys.awayAgents(), agentId);
      else await redis.srem(keys.awayAgents(), agentId);
    },
    async read() {
      const [members, away] = await Promise.all([entries.read(), redis.smembers(keys.awayAgents())]);
      const connected = new Set<string>();
      const tickets = new Map<string, { siteId: string; agents: Map<string, string> }>();
      for (const [ticketId, agentId, name, , siteId = ''] of members
        .sort()
        .map((member) => memberSchema.parse(JSON.parse(member)))) {
        connected.add(agentId);
        if (ticketId === '') continue;
        const ticket = tickets.get(ticketId) ?? { siteId, agents: new Map<string, string>() };
        ticket.agents.set(agentId, name);
        tickets.set(ticketId, ticket);
      }
      const viewers = [...tickets].map(([ticketId, { siteId, agents }]) => ({
        ticketId,
        siteId,
        agents: [...agents].map(([id, name]) => ({ id, name })),
      }));
      const statuses = [...connected].sort().map((id) => [id, away.includes(id) ? 'away' : 'online'] as const);
      return { viewers, statuses: new Map(statuses) };
    },
  };
}
