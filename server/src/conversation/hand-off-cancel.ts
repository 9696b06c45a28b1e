/** Lets a visitor continue with the assistant, instead of waiting for an agent or while the agent is away or doesn't reply. */
import type { Site } from '@firstword/shared/site';
import { REVIEW_STATES } from '@firstword/shared/ticket-transitions';
import type { Tickets } from '../tickets/ticket-types.ts';

export interface HandOffCancelParts {
  readonly tickets: Pick<Tickets, 'ofConversation' | 'act'>;
  readonly sites: ReadonlyMap<string, Pick<Site, 'agentSilenceMinutes'>>;
  /** Whether one of the agent's console pages is connected. */
  readonly isConnected: (agentId: string) => boolean;
  readonly now: () => number;
}

/** Resolves with false when there is no hand-off to cancel, or its agent is connected and has replied recently. */
export type HandOffCancel = (conversationId: string) => Promise<boolean>;

export function createHandOffCancel({ tickets, sites, isConnected, now }: HandOffCancelParts): HandOffCancel {
  return async (conversationId) => {
    const ticket = await tickets.ofConversation(conversationId);
    if (ticket === undefined) return false;
    const { id, siteId, state, version, waitingSince, assignee } = ticket;
    const actor = { kind: 'visitor' } as const;
    const idempotencyKey = `cancel ${id} ${version}`;
    if (REVIEW_STATES.includes(state))
      return (await tickets.act(id, 'resolve', { actor, idempotencyKey, code: 'withdrawn' })).kind === 'done';
    const silenceMs = (sites.get(siteId)?.agentSilenceMinutes ?? 0) * 60_000;
    const isSilent = waitingSince !== undefined && now() - waitingSince >= silenceMs;
    const isAway = assignee !== undefined && !isConnected(assignee.id);
    if (!isSilent && !isAway) return false;
    return (await tickets.act(id, 'resume-assistant', { actor, idempotencyKey })).kind === 'done';
  };
}
