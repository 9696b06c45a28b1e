/**
 * Tracks the TTFT of each model and decides which models are fast enough for interactive tiers. Pure apart from the
 * clock; samples of other processes are added with `take`.
 */
import { INTERACTIVE_TTFT_LIMIT_MS, type Region } from '@firstword/shared/catalog';
import { quantileOf, type Sample } from './quantile.ts';

/** The same model is tracked separately for each region and endpoint. */
export interface LatencyKey {
  readonly modelId: string;
  readonly region: Region;
  readonly endpointId: string;
}

/** One measured TTFT, as shared between processes. */
export interface LatencySample extends LatencyKey {
  readonly ms: number;
  /** Aborted at `ms` without a token: the TTFT would have been at least that long. */
  readonly censored: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface LatencyTracker {
  /** Request sent → first content token. */
  tokenAfter(key: LatencyKey, ms: number): void;
  /** No token within this time, then the request was aborted: a censored sample. */
  noTokenFor(key: LatencyKey, ms: number): void;
  /** Adds a sample of another process, or of this one before a restart. */
  take(sample: LatencySample): void;
  /** Samples measured here since the last call, thinned out to a few per key. */
  fresh(): LatencySample[];
  /** Whether the model is fast enough for an interactive tier. */
  isFit(key: LatencyKey): boolean;
  /** Of recent samples, weighted with the catalog's TTFT while there are few. */
  quantileMs(key: LatencyKey, share: number): number;
  /** Number of samples. */
  samples(key: LatencyKey): number;
  /** True once per interval for a model without complete samples: it is unfit, or all its requests are aborted. */
  probeDue(key: LatencyKey): boolean;
}

export interface LatencyTrackerSettings {
  /** The catalog's TTFT; a key without one isn't tracked. */
  readonly priorMs: (key: LatencyKey) => number | undefined;
  /** A model whose recent median exceeds this becomes unfit. */
  readonly limitMs?: number;
  /** It becomes fit again when the median of its probes is below this. The gap prevents flapping. */
  readonly returnMs?: number;
  readonly probeEveryMs?: number;
  /** Called when a model becomes unfit or fit. */
  readonly onChange?: (key: LatencyKey, fit: boolean, medianMs: number) => void;
  /** Milliseconds since the epoch, because processes share samples. */
  readonly now?: () => number;
  readonly random?: () => number;
}

/**
 * Samples that decide on fitness. 14 slow ones exceed the median, so a slow model becomes unfit within 20 turns, while one
 * with p50 180 ms and p99 1500 ms does so by chance once in thousands of windows.
 */
const RECENT = 27;
/** Samples kept for other quantiles, which need more of them. */
const KEPT = 128;
/** Weight of the catalog's TTFT in samples. Each measured sample reduces it by a half. */
const PRIOR_WEIGHT = 12;
/** Probes an unfit model needs to become fit: four of seven must be fast. */
const PROBES_TO_RETURN = 7;
const MAX_AGE_MS = 24 * 60 * 60 * 1000;
const NEW_PER_KEY = 8;
/** The catalog has means only. Assumes a lognormal distribution with p90 = 1.5 × p50, as measured for steady models. */
const PRIOR_SPREAD = [0.6, 0.7, 0.79, 0.86, 0.93, 1, 1.07, 1.16, 1.27, 1.5, 1.7];

interface Entry {
  readonly key: LatencyKey;
  readonly priorMs: number;
  /** The last `KEPT`, oldest first. */
  kept: LatencySample[];
  fit: boolean;
  /** When a complete sample was last added, or a probe requested. */
  seenAt: number;
  nextProbeMs: number;
}

export function createLatencyTracker({
  priorMs,
  limitMs = INTERACTIVE_TTFT_LIMIT_MS,
  returnMs = INTERACTIVE_TTFT_LIMIT_MS * 0.85,
  probeEveryMs = 10_000,
  onChange = () => {},
  now = Date.now,
  random = Math.random,
}: LatencyTrackerSettings): LatencyTracker {
  const entries = new Map<string, Entry>();
  let newSamples: LatencySample[] = [];

  // Jittered, so that processes with the same samples don't probe at the same time.
  const untilProbe = () => probeEveryMs * (1 + random() / 2);

  function entryOf(key: LatencyKey): Entry | undefined {
    const name = `${key.modelId} ${key.region} ${key.endpointId}`;
    const known = entries.get(name);
    if (known !== undefined) return known;
    const prior = priorMs(key);
    if (prior === undefined) return undefined;
    const { modelId, region, endpointId } = key;
    const entry: Entry = {
      key: { modelId, region, endpointId },
      priorMs: prior,
      kept: [],
      fit: true,
      seenAt: now(),
      nextProbeMs: untilProbe(),
    };
    entries.set(name, entry);
    return entry;
  }

  function samplesOf({ kept, priorMs: prior, fit }: Entry, most = KEPT): Sample[] {
    const since = now() - MAX_AGE_MS;
    const recent = kept.slice(-most).filter(({ at }) => at > since);
    const measuredSamples = recent.map(({ ms, censored }) => ({ ms, censored, weight: 1 }));
    // For an unfit model the catalog's TTFT is known to be wrong.
    const weight = fit ? Math.max(0, PRIOR_WEIGHT - measuredSamples.length / 2) / PRIOR_SPREAD.length : 0;
    return weight === 0 && measuredSamples.length > 0
      ? measuredSamples
      : [
          ...measuredSamples,
          ...PRIOR_SPREAD.map((factor) => ({ ms: prior * factor, censored: false, weight: weight || 1 })),
        ];
  }

  function judge(entry: Entry): void {
    // While unfit only the last few samples count, so that a recovered model isn't held back by old ones.
    const median = quantileOf(samplesOf(entry, entry.fit ? RECENT : PROBES_TO_RETURN), 0.5);
    const hasRecovered = entry.kept.length >= PROBES_TO_RETURN && median.exact && median.ms < returnMs;
    if (entry.fit ? median.ms <= limitMs : !hasRecovered) return;
    entry.fit = !entry.fit;
    // Only later samples may make it fit again, and slow old ones must not make it unfit at once.
    entry.kept = entry.fit ? entry.kept.slice(-PROBES_TO_RETURN) : [];
    onChange(entry.key, entry.fit, median.ms);
  }

  function record(sample: LatencySample): boolean {
    const entry = entryOf(sample);
    if (entry === undefined || !Number.isFinite(sample.ms)) return false;
    entry.kept.push(sample);
    if (entry.kept.length > KEPT) entry.kept.shift();
    if (!sample.censored) entry.seenAt = Math.max(entry.seenAt, sample.at);
    judge(entry);
    return true;
  }

  function measured({ modelId, region, endpointId }: LatencyKey, ms: number, censored: boolean): void {
    const sample = { modelId, region, endpointId, ms: Math.round(ms), censored, at: now() };
    if (record(sample)) newSamples.push(sample);
  }

  return {
    tokenAfter: (key, ms) => measured(key, ms, false),
    noTokenFor: (key, ms) => measured(key, ms, true),
    take: (sample) => void record(sample),
    fresh() {
      const byEntry = new Map<Entry | undefined, LatencySample[]>();
      for (const sample of newSamples) {
        const entry = entryOf(sample);
        const samples = byEntry.get(entry) ?? [];
        samples.push(sample);
        byEntry.set(entry, samples);
      }
      newSamples = [];
      return [...byEntry.values()].flatMap((samples) => thinned(samples, NEW_PER_KEY));
    },
    isFit: (key) => entryOf(key)?.fit ?? true,
    quantileMs(key, share) {
      const entry = entryOf(key);
      return entry === undefined ? Number.NaN : quantileOf(samplesOf(entry), share).ms;
    },
    samples: (key) => entryOf(key)?.kept.length ?? 0,
    probeDue(key) {
      const entry = entryOf(key);
      if (entry === undefined || now() - entry.seenAt < entry.nextProbeMs) return false;
      if (entry.fit && quantileOf(samplesOf(entry, RECENT), 0.5).exact) return false;
      entry.seenAt = now();
      entry.nextProbeMs = untilProbe();
      return true;
    },
  };
}

/** Evenly over time, so that a busy process doesn't flood the others or share only its latest samples. */
function thinned<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)]).filter(
    (item) => item !== undefined,
  );
}
