/** Counts completed visits by the `feltTtft` of their first answer. */
import type { VisitCompletion } from '@firstword/shared/reports';
import { checkDays } from '../lib/days.ts';
import type { Log } from '../lib/log.ts';
import type { UsageRecord } from '../records/usage-record.ts';
import type { UsageStore } from '../records/usage-store.ts';
import type { OpenVisits, VisitNote } from '../store/open-visits.ts';
import { bandOfVisit, HANDED_OFF_MS, isCompleted, VISIT_QUIET_MS } from './visit-rules.ts';

export type VisitEvent =
  /** A question starts or continues a visit. */
  | { readonly type: 'asked'; readonly siteId: string; readonly visitorId: string; readonly turnId: string }
  | { readonly type: 'first-token-seen'; readonly turnId: string; readonly ms: number }
  | { readonly type: 'answered'; readonly turnId: string; readonly state: string }
  /** The answer's message id is its turn's id. */
  | { readonly type: 'rated'; readonly turnId: string; readonly value: string }
  | { readonly type: 'handed-off' }
  | { readonly type: 'resolved' };

export interface Visits {
  /** Never waits and never throws: losing a statistic is better than failing a turn. */
  note(conversationId: string, event: VisitEvent): void;
  /** Resolves when all noted events are in Redis or lost. */
  settled(): Promise<void>;
  /** Records ended visits, each once across all processes. Returns their number. */
  closeOver(limit: number): Promise<number>;
  /** @throws RangeError as `checkDays` */
  completion(siteId: string, from: string, to: string): Promise<VisitCompletion[]>;
}

export interface VisitParts {
  readonly open: OpenVisits;
  readonly usage: Pick<UsageStore, 'completion'>;
  readonly log: Log;
  readonly now?: () => number;
}

export function createVisits({ open, usage, log, now = Date.now }: VisitParts): Visits {
  let noted: Promise<unknown> = Promise.resolve();
  return {
    note(conversationId, event) {
      const at = now();
      const written = open
        .note(conversationId, { type: event.type, at, overAt: at + quietOf(event), ...detailsOf(event) })
        .catch((error: unknown) =>
          log.debug({ event: event.type, reason: String(error) }, 'recording a visit event failed'),
        );
      noted = Promise.all([noted, written]);
    },

    async settled() {
      await noted;
    },

    async closeOver(limit) {
      const at = now();
      let closed = 0;
      for (const conversationId of await open.over(at, limit)) {
        const visit = await open.read(conversationId);
        if (visit === undefined) {
          await open.forget(conversationId);
          continue;
        }
        const { siteId, visitorId, startedAt } = visit;
        const record: UsageRecord = {
          kind: 'visit',
          visit: {
            ...{ conversationId, siteId, visitorId, startedAt },
            ...{ band: bandOfVisit(visit), completed: isCompleted(visit) },
          },
        };
        if (await open.close(conversationId, at, JSON.stringify(record))) closed += 1;
      }
      return closed;
    },

    async completion(siteId, from, to) {
      checkDays(from, to);
      return usage.completion(siteId, { from, to });
    },
  };
}

function quietOf({ type }: VisitEvent): number {
  if (type === 'resolved') return 0;
  return type === 'handed-off' ? HANDED_OFF_MS : VISIT_QUIET_MS;
}

function detailsOf(event: VisitEvent): Pick<VisitNote, 'turnId' | 'value' | 'visitorId'> {
  switch (event.type) {
    case 'asked':
      return { turnId: event.turnId, value: event.siteId, visitorId: event.visitorId };
    case 'first-token-seen':
      return { turnId: event.turnId, value: event.ms };
    case 'answered':
      return { turnId: event.turnId, value: event.state };
    case 'rated':
      return { turnId: event.turnId, value: event.value };
    default:
      return {};
  }
}
