/** Counts completed visits by the `feltTtft` of their first answer. */
import { VISIT_BANDS, type VisitCompletion } from '@firstword/shared/reports';
import { z } from 'zod';
import type { Log } from '../lib/log.ts';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from '../store/keys.ts';
import { dayOf, daysBetween } from './days.ts';
import { addTo, type Sums, writeField } from './totals.ts';
import { bandOfVisit, HANDED_OFF_MS, isCompleted, VISIT_QUIET_MS, type Visit } from './visit-rules.ts';

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
  /** Counts ended visits, each once across all processes. Returns their number. */
  closeOver(limit: number): Promise<number>;
  /** @throws RangeError as `daysBetween` */
  completion(siteId: string, from: string, to: string): Promise<VisitCompletion[]>;
}

export interface VisitParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly log: Log;
  readonly now?: () => number;
}

/** KEYS visit, open visits · ARGV event, conversationId, now, over, keepSeconds, turnId, value, visitorId: see `VisitEvent`. */
const NOTE = `
local event, id, over, turn, value = ARGV[1], ARGV[2], tonumber(ARGV[4]), ARGV[6], ARGV[7]
local known = redis.call('HGET', KEYS[1], 'turn')
local newDeadline = false
if event == 'asked' then
  if known == turn then return 0 end
  if not known then redis.call('HSET', KEYS[1], 'siteId', value, 'visitorId', ARGV[8], 'startedAt', ARGV[3], 'first', turn) end
  redis.call('HSET', KEYS[1], 'turn', turn)
  redis.call('HDEL', KEYS[1], 'state', 'seen', 'rating', 'handedOff', 'resolved')
  newDeadline = true
elseif not known then
  return 0
elseif event == 'handed-off' then
  redis.call('HSET', KEYS[1], 'handedOff', '1')
elseif event == 'resolved' then
  redis.call('HSET', KEYS[1], 'resolved', '1')
  newDeadline = true
elseif known ~= turn then
  return 0
elseif event == 'first-token-seen' then
  redis.call('HSET', KEYS[1], 'seen', '1')
  if redis.call('HGET', KEYS[1], 'first') == turn then redis.call('HSETNX', KEYS[1], 'firstTtftMs', value) end
elseif event == 'answered' then
  redis.call('HSET', KEYS[1], 'state', value)
elseif event == 'rated' then
  redis.call('HSET', KEYS[1], 'rating', value)
end
if newDeadline or over > tonumber(redis.call('ZSCORE', KEYS[2], id) or '0') then redis.call('ZADD', KEYS[2], over, id) end
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 1
`;

/** KEYS visit, open visits, totals · ARGV conversationId, now, keepSeconds, field, field …: closes a visit that is still over. */
const CLOSE = `
local over = redis.call('ZSCORE', KEYS[2], ARGV[1])
if not over or tonumber(over) > tonumber(ARGV[2]) then return 0 end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[1])
for i = 4, #ARGV do redis.call('HINCRBY', KEYS[3], ARGV[i], 1) end
redis.call('EXPIRE', KEYS[3], ARGV[3])
return 1
`;

const DAY_SECONDS = 24 * 60 * 60;
/** Longer than a handed-off visit lasts, so that the record outlives its deadline. */
const KEEP_VISIT_SECONDS = 2 * DAY_SECONDS;
/** A visitor who comes back later is a new one. */
const RETURN_SECONDS = 30 * DAY_SECONDS;

const lastVisitSchema = z.object({ day: z.string(), band: z.enum(VISIT_BANDS) });

export function createVisits({ redis, keys, log, now = Date.now }: VisitParts, keepDays: number): Visits {
  const noteScript = defineScript(redis, 'fwVisitNote', 2, NOTE);
  const closeScript = defineScript(redis, 'fwVisitClose', 3, CLOSE);
  let noted: Promise<unknown> = Promise.resolve();

  const read = async (conversationId: string): Promise<Visit | undefined> => {
    const { siteId, startedAt, visitorId, ...kept } = await redis.hgetall(keys.visit(conversationId));
    if (siteId === undefined || startedAt === undefined) return undefined;
    return {
      siteId,
      visitorId,
      startedAt: Number(startedAt),
      firstTtftMs: kept['firstTtftMs'] === undefined ? undefined : Number(kept['firstTtftMs']),
      lastState: kept['state'],
      lastSeen: kept['seen'] === '1',
      lastRating: kept['rating'],
      handedOff: kept['handedOff'] === '1',
      resolved: kept['resolved'] === '1',
    };
  };

  /** Counts the visitor's previous visit as followed by this one; each visit is so counted at most once. */
  const noteReturn = async (siteId: string, visitorId: string, visit: z.infer<typeof lastVisitSchema>) => {
    const key = keys.lastVisit(siteId, visitorId);
    const previous = await redis.set(key, JSON.stringify(visit), 'EX', RETURN_SECONDS, 'GET');
    if (previous === null) return;
    const { day, band } = lastVisitSchema.parse(JSON.parse(previous));
    await redis.hincrby(keys.visitDay(siteId, day), writeField([band], 'returned'), 1);
  };

  return {
    note(conversationId, event) {
      const at = now();
      const written = noteScript(
        [keys.visit(conversationId), keys.openVisits()],
        [
          event.type,
          conversationId,
          at,
          at + quietOf(event),
          KEEP_VISIT_SECONDS,
          ...detailsOf(event).map((detail) => detail ?? ''),
        ],
      ).catch((error: unknown) =>
        log.debug({ event: event.type, reason: String(error) }, 'recording a visit event failed'),
      );
      noted = Promise.all([noted, written]);
    },

    async settled() {
      await noted;
    },

    async closeOver(limit) {
      const at = now();
      const over = await redis.zrangebyscore(keys.openVisits(), '-inf', at, 'LIMIT', 0, limit);
      let closed = 0;
      for (const conversationId of over) {
        const visit = await read(conversationId);
        if (visit === undefined) {
          await redis.zrem(keys.openVisits(), conversationId);
          continue;
        }
        const band = bandOfVisit(visit);
        const fields = ['visits', ...(isCompleted(visit) ? ['completed'] : [])].map((name) => writeField([band], name));
        const day = dayOf(visit.startedAt);
        const done = await closeScript(
          [keys.visit(conversationId), keys.openVisits(), keys.visitDay(visit.siteId, day)],
          [conversationId, at, keepDays * DAY_SECONDS, ...fields],
        );
        if (done !== 1) continue;
        closed += 1;
        if (visit.visitorId !== undefined) await noteReturn(visit.siteId, visit.visitorId, { day, band });
      }
      return closed;
    },

    async completion(siteId, from, to) {
      const sums: Sums = new Map();
      const hashes = await Promise.all(daysBetween(from, to).map((day) => redis.hgetall(keys.visitDay(siteId, day))));
      for (const hash of hashes)
        addTo(
          sums,
          Object.entries(hash).map(([field, count]) => [field, Number(count)]),
        );
      return VISIT_BANDS.map((band): VisitCompletion => {
        const of = (name: string) => sums.get(writeField([band], name)) ?? 0;
        const [visits, completed, returned] = [of('visits'), of('completed'), of('returned')];
        const shares = visits === 0 ? {} : { share: completed / visits, returnedShare: returned / visits };
        return { band, visits, completed, returned, ...shares };
      });
    },
  };
}

function quietOf({ type }: VisitEvent): number {
  if (type === 'resolved') return 0;
  return type === 'handed-off' ? HANDED_OFF_MS : VISIT_QUIET_MS;
}

/** Turn, value and visitor, as the script expects them. */
function detailsOf(event: VisitEvent): [turnId: string, value: string | number, visitorId?: string] {
  switch (event.type) {
    case 'asked':
      return [event.turnId, event.siteId, event.visitorId];
    case 'first-token-seen':
      return [event.turnId, event.ms];
    case 'answered':
      return [event.turnId, event.state];
    case 'rated':
      return [event.turnId, event.value];
    default:
      return ['', ''];
  }
}
