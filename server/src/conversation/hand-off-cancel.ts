/** Lets a visitor continue with the assistant, instead of waiting for an agent or while the agent is away or doesn't reply. */
import type { Site } from '@firstword/shared/site';
import { REVIEW_STATES } from '@firstword/shared/ticket-transitions';
import type { Tickets } from '../tickets/ticket-types.ts';

export interface HandOffCancelParts {
  readonly tickets: Pick<Tickets, 'ofConversation' | 'act'>;
  readonly sites: ReadonlyMap<string, Pick<Site, 'agentSilenceMinutes'>>;
  /** Whether one of the agent's console pages is connected, and the agent is not away. */
  readonly isOnline: (agentId: string) => boolean;
  readonly now: () => number;
}

/**
 * `withdrawn`: no agent had claimed the ticket, and it is resolved. `resumed`: the agent keeps the ticket. `refused`: there is no
 * hand-off to cancel, or its agent is online and has replied recently.
 */
export type CancelOutcome = 'withdrawn' | 'resumed' | 'refused';
export type HandOffCancel = (conversationId: string) => Promise<CancelOutcome>;

export function createHandOffCancel({ tickets, sites, isOnline, now }: HandOffCancelParts): HandOffCancel {
  return async (conversationId) => {
    const ticket = await tickets.ofConversation(conversationId);
    if (ticket === undefined) return 'refused';
    const { id, siteId, state, version, waitingSince, assignee } = ticket;
    const actor = { kind: 'visitor' } as const;
    const idempotencyKey = `cancel ${id} ${version}`;
    if (REVIEW_STATES.includes(state)) {
      const code = 'withdrawn';
      const { kind } = await tickets.act(id, 'resolve', { actor, idempotencyKey, code, reason: code });
      return kind === 'done' ? code : 'refused';
    }
    const silenceMs = (sites.get(siteId)?.agentSilenceMinutes ?? 0) * 60_000;
    const isSilent = waitingSince !== undefined && now() - waitingSince >= silenceMs;
    const isAway = assignee !== undefined && !isOnline(assignee.id);
    if (!isSilent && !isAway) return 'refused';
    const { kind } = await tickets.act(id, 'resume-assistant', { actor, idempotencyKey });
    return kind === 'done' ? 'resumed' : 'refused';
  };
}
