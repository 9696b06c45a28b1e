/** `feltTtft`: send → first painted text, as visitors' browsers report it. */
import { BAND_ENDS_MS, PERCEPTION_BANDS } from '@firstword/shared/perception';
import type { BurnSummary, ResponseTimeReport, TtftFigures } from '@firstword/shared/reports';
import { checkDays } from '../lib/days.ts';
import type { Log } from '../lib/log.ts';
import {
  countBelow,
  EMPTY_HISTOGRAM,
  mergeHistograms,
  summarizeTtft,
  type TtftHistogram,
} from '../records/ttft-histogram.ts';
import type { FeltSample, UsageRecord } from '../records/usage-record.ts';
import type { FeltQuestion, UsageStore } from '../records/usage-store.ts';
import type { UsageQueue } from '../store/usage-queue.ts';
import { burnOf, type Objective } from './objective.ts';
import { createWriteBehind, type WriteBehindSettings } from './write-behind.ts';

/** `lines` are ordered by their keys. */
export type FeltReport = Pick<ResponseTimeReport, 'total' | 'lines'>;

export interface FeltTtft {
  /** Counted on the day of the server's clock. */
  record(sample: Omit<FeltSample, 'at'>): void;
  /** @throws RangeError as `checkDays` */
  read(question: FeltQuestion): Promise<FeltReport>;
  /** The objective over the last hour and the last 24 hours. */
  burn(
    siteId: string,
  ): Promise<{ readonly objective: Objective; readonly hour: BurnSummary; readonly day: BurnSummary }>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface FeltParts {
  readonly queue: Pick<UsageQueue, 'add'>;
  readonly usage: Pick<UsageStore, 'readFelt' | 'feltSince'>;
  readonly log: Log;
  readonly objective: Objective;
  readonly now?: () => number;
}

const HOUR_MS = 60 * 60 * 1000;

export function createFeltTtft(
  { queue, usage, log, objective, now = Date.now }: FeltParts,
  settings: WriteBehindSettings,
): FeltTtft {
  const write = async (samples: readonly FeltSample[]) => {
    const records = samples.map((sample): UsageRecord => ({ kind: 'felt', sample }));
    await queue.add(records.map((record) => JSON.stringify(record)));
  };
  const writer = createWriteBehind<FeltSample>({ what: 'felt TTFT samples', write, log }, settings);

  return {
    record: (sample) => writer.add({ ...sample, at: now() }),

    async read(question) {
      checkDays(question.from, question.to);
      const lines = await usage.readFelt(question);
      const total = lines.reduce((sum, { ttft }) => mergeHistograms(sum, ttft), EMPTY_HISTOGRAM);
      const ordered = lines.toSorted((one, other) => (one.key < other.key ? -1 : 1));
      return { total: toFigures(total), lines: ordered.map(({ key, ttft }) => ({ key, figures: toFigures(ttft) })) };
    },

    async burn(siteId) {
      const at = now();
      const [hour, day] = await Promise.all([1, 24].map((hours) => usage.feltSince(siteId, at - hours * HOUR_MS)));
      return {
        objective,
        hour: burnOf(hour ?? EMPTY_HISTOGRAM, objective),
        day: burnOf(day ?? EMPTY_HISTOGRAM, objective),
      };
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
