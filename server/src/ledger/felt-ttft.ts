/** `feltTtft`: send → first painted text, as visitors' browsers report it. */
import { BAND_ENDS_MS, PERCEPTION_BANDS } from '@firstword/shared/perception';
import type { BurnSummary, ResponseTimeKey, ResponseTimeReport, TtftFigures } from '@firstword/shared/reports';
import type { Log } from '../lib/log.ts';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from '../store/keys.ts';
import { type CountedEntry, createCountOnce } from './count-once.ts';
import { dayOf, daysBetween } from './days.ts';
import { burnOf, type Objective } from './objective.ts';
import { readField, writeField } from './totals.ts';
import { countBelow, histogramOf, summarizeTtft, type TtftHistogram, ttftBucket } from './ttft-histogram.ts';
import { createWriteBehind, type WriteBehindSettings } from './write-behind.ts';

/** One answer that a browser has begun to paint. */
export interface FeltTtftSample {
  /** One sample is counted per turn, however often the browser reports it. */
  readonly turnId: string;
  readonly siteId: string;
  readonly region: string;
  readonly tier: string;
  readonly modelId: string;
  readonly ms: number;
}

export interface FeltQuestion {
  readonly siteId: string;
  /** UTC days like 2026-05-20, both included. */
  readonly from: string;
  readonly to: string;
  readonly by: ResponseTimeKey;
}

/** `lines` are ordered by their keys. */
export type FeltReport = Pick<ResponseTimeReport, 'total' | 'lines'>;

export interface FeltTtft {
  record(sample: FeltTtftSample): void;
  /** @throws RangeError as `daysBetween` */
  read(question: FeltQuestion): Promise<FeltReport>;
  /** The objective over the last hour and the last 24 hours. */
  burn(
    siteId: string,
  ): Promise<{ readonly objective: Objective; readonly hour: BurnSummary; readonly day: BurnSummary }>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface FeltParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly log: Log;
  readonly objective: Objective;
  readonly now?: () => number;
}

export interface FeltSettings extends WriteBehindSettings {
  readonly keepDays: number;
}

/** `at` is the server's time, because a visitor's clock may be off by days. */
type StoredSample = FeltTtftSample & { readonly at: number };

const DAY_SECONDS = 24 * 60 * 60;
const HOUR_MS = 60 * 60 * 1000;
const SLOT_MS = 5 * 60 * 1000;
/** The 25 hours that a 24-hour window touches, and one for clock differences. */
const KEEP_HOURS = 26;
const COUNTED_WINDOW_MS = HOUR_MS;

export function createFeltTtft(
  { redis, keys, log, objective, now = Date.now }: FeltParts,
  { keepDays, ...behind }: FeltSettings,
): FeltTtft {
  const countOnce = createCountOnce(redis, COUNTED_WINDOW_MS);

  const write = async (samples: readonly StoredSample[]) => {
    const expire: Record<string, number> = {};
    const entries = samples.map(({ turnId, siteId, region, tier, modelId, ms, at }): CountedEntry => {
      const day = keys.feltDay(siteId, dayOf(at));
      const hour = keys.feltHour(siteId, Math.floor(at / HOUR_MS));
      expire[day] = keepDays * DAY_SECONDS;
      expire[hour] = KEEP_HOURS * 60 * 60;
      const bucket = String(ttftBucket(ms));
      const slot = String(Math.floor(at / SLOT_MS));
      return {
        id: turnId,
        adds: [
          [day, writeField([region, tier, modelId], bucket), 1],
          [hour, writeField([slot], bucket), 1],
        ],
      };
    });
    await countOnce({ countedKey: keys.feltCounted(), entries, expire });
  };
  const writer = createWriteBehind<StoredSample>({ what: 'felt TTFT samples', write, log }, behind);

  /** Sums the five-minute slots that end within the window, and the current one. */
  const window = async (siteId: string, at: number, lengthMs: number): Promise<TtftHistogram> => {
    const firstSlot = Math.floor((at - lengthMs) / SLOT_MS) + 1;
    const firstHour = Math.floor((firstSlot * SLOT_MS) / HOUR_MS);
    const hours = Math.floor(at / HOUR_MS) - firstHour + 1;
    const hashes = await Promise.all(
      Array.from({ length: hours }, (_, index) => redis.hgetall(keys.feltHour(siteId, firstHour + index))),
    );
    const counts = hashes.flatMap((hash) =>
      Object.entries(hash).flatMap(([field, count]): [number, number][] => {
        const { group, name } = readField(field);
        return Number(group[0]) >= firstSlot ? [[Number(name), Number(count)]] : [];
      }),
    );
    return histogramOf(counts);
  };

  return {
    record: (sample) => writer.add({ ...sample, at: now() }),

    async read({ siteId, from, to, by }) {
      const total: [number, number][] = [];
      const lines = new Map<string, [number, number][]>();
      const days = daysBetween(from, to);
      const hashes = await Promise.all(days.map((day) => redis.hgetall(keys.feltDay(siteId, day))));
      for (const [index, hash] of hashes.entries())
        for (const [field, value] of Object.entries(hash)) {
          const { group, name } = readField(field);
          const [region = '', tier = '', model = ''] = group;
          const key = { day: days[index] ?? '', region, tier, model }[by];
          const counts = lines.get(key) ?? [];
          lines.set(key, counts);
          for (const list of [counts, total]) list.push([Number(name), Number(value)]);
        }
      const ordered = [...lines].sort(([one], [other]) => (one < other ? -1 : 1));
      return {
        total: toFigures(histogramOf(total)),
        lines: ordered.map(([key, counts]) => ({ key, figures: toFigures(histogramOf(counts)) })),
      };
    },

    async burn(siteId) {
      const at = now();
      const [hour, day] = await Promise.all([window(siteId, at, HOUR_MS), window(siteId, at, 24 * HOUR_MS)]);
      return { objective, hour: burnOf(hour, objective), day: burnOf(day, objective) };
    },

    flush: writer.flush,
    close: writer.close,
  };
}

function toFigures(histogram: TtftHistogram): TtftFigures {
  const ttft = summarizeTtft(histogram);
  if (ttft.kind === 'no-data') return { ttft };
  let below = 0;
  const counted = PERCEPTION_BANDS.map((band) => {
    const samples = countBelow(histogram, BAND_ENDS_MS[band]) - below;
    below += samples;
    return [band, { samples, share: samples / ttft.samples }] as const;
  });
  return { ttft, bands: Object.fromEntries(counted) as NonNullable<TtftFigures['bands']> };
}
