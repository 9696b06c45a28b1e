/** By when a site wants an agent's first reply to a ticket. Pure. */
import { type Hours, openTimeAfter } from './hours.ts';
import type { Ticket, Urgency } from './ticket.ts';
import { AWAY_STATES } from './ticket-transitions.ts';

export type WaitingTarget = NonNullable<Ticket['target']>;
export type TargetWarning = NonNullable<WaitingTarget['warned']>;

/** Minutes for each urgency; none where it is absent. */
export type ReplyTargets = { readonly [Each in Urgency]?: number | undefined };

const MINUTE_MS = 60_000;
/** The share of the time after which agents are warned. */
const WARN_SHARE = 0.75;

export interface TargetSettings {
  readonly replyTargets: ReplyTargets;
  readonly hours?: Hours | undefined;
}

/** @param from when the visitor began to wait */
export function targetFor(
  { replyTargets, hours }: TargetSettings,
  urgency: Urgency,
  from: number,
): WaitingTarget | undefined {
  const minutes = replyTargets[urgency];
  if (minutes === undefined) return undefined;
  const at = openTimeAfter(hours, from, minutes * MINUTE_MS);
  const warnAt = openTimeAfter(hours, from, minutes * MINUTE_MS * WARN_SHARE);
  return at === undefined || warnAt === undefined ? undefined : { warnAt, at };
}

/** The target while it counts: no agent has replied, and the ticket is work. */
export function pendingTarget({ target, state }: Pick<Ticket, 'target' | 'state'>): WaitingTarget | undefined {
  return target?.repliedAt === undefined && !AWAY_STATES.includes(state) ? target : undefined;
}

/** When agents are warned next; undefined when they have been, or need not be. */
export function warningAt(ticket: Pick<Ticket, 'target' | 'state'>): number | undefined {
  const target = pendingTarget(ticket);
  if (target?.warned === undefined) return target?.warnAt;
  return target.warned === 'near' ? target.at : undefined;
}

/** By which tickets of one urgency are ordered: the time of the target, or since when the visitor waits. */
export function workTime(ticket: Pick<Ticket, 'target' | 'state' | 'waitingSince' | 'openedAt'>): number {
  return pendingTarget(ticket)?.at ?? ticket.waitingSince ?? ticket.openedAt;
}
