/** How soon a site's agents usually reply, from what they did in the last weeks. Nothing where that is not enough to say. */
import { type Hours, nextOpening } from '@firstword/shared/hours';
import type { Site } from '@firstword/shared/site';
import type { ReplyMinutes } from '@firstword/shared/site-view';
import { REPLY_MINUTES } from '@firstword/shared/site-view';
import type { Log } from '../lib/log.ts';

/** A ticket of the site, by when its visitor got the first reply of an agent. */
export interface FirstResponse {
  readonly openedAt: number;
  /** Absent: no agent has replied. */
  readonly waitedMs?: number | undefined;
}

export interface ReplyTimes {
  /** What is known now. Never waits: the first call for a site starts its reading. */
  of(site: Pick<Site, 'id' | 'hours'>): ReplyMinutes | undefined;
}

export interface ReplyTimesParts {
  /** Tickets opened since then, without spam. */
  readonly read: (siteId: string, since: number) => Promise<readonly FirstResponse[]>;
  readonly log: Log;
  readonly now?: () => number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const PERIOD_MS = 28 * DAY_MS;
/** Fewer tickets may be an exception. */
const TICKETS_MIN = 20;
const READ_AGAIN_MS = 10 * MINUTE_MS;

/** The step below which the median is, of tickets opened during office hours. Those without a reply count as the slowest. */
export function usualReplyMinutes(
  responses: readonly FirstResponse[],
  hours: Hours | undefined,
  now: number,
): ReplyMinutes | undefined {
  const waits = responses
    // A new ticket may still get its reply.
    .filter(({ openedAt, waitedMs }) => waitedMs !== undefined || now - openedAt > DAY_MS)
    .filter(({ openedAt }) => hours === undefined || nextOpening(hours, openedAt) === openedAt)
    .map(({ waitedMs = Number.POSITIVE_INFINITY }) => waitedMs)
    .toSorted((one, other) => one - other);
  const median = waits[Math.floor(waits.length / 2)];
  if (median === undefined || waits.length < TICKETS_MIN) return undefined;
  return REPLY_MINUTES.find((minutes) => median < minutes * MINUTE_MS);
}

export function createReplyTimes({ read, log, now = Date.now }: ReplyTimesParts): ReplyTimes {
  const known = new Map<string, { responses: readonly FirstResponse[]; readAt: number }>();
  return {
    of({ id, hours }) {
      const at = now();
      const { responses = [], readAt } = known.get(id) ?? {};
      if (readAt === undefined || at - readAt > READ_AGAIN_MS) {
        // Noted before it is read, so that simultaneous visitors cause one query.
        known.set(id, { responses, readAt: at });
        read(id, at - PERIOD_MS).then(
          (found) => known.set(id, { responses: found, readAt: at }),
          (error: unknown) => log.warn({ siteId: id, reason: String(error) }, 'reading first responses failed'),
        );
      }
      return usualReplyMinutes(responses, hours, at);
    },
  };
}
