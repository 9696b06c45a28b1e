/**
 * How long each model really takes to its first token, and which models are therefore fit for a waiting person. Pure
 * but for the clock given; what other processes measured comes in by `take`.
 */
import { INTERACTIVE_TTFT_LIMIT_MS, type Region } from '@firstword/shared/catalog';
import { quantileOf, type Wait } from './quantile.ts';

/** The same model in another region or at another endpoint is another matter. */
export interface LatencyKey {
  readonly modelId: string;
  readonly region: Region;
  readonly endpointId: string;
}

/** One measured wait, as processes tell one another. */
export interface LatencySample extends LatencyKey {
  readonly ms: number;
  /** Broken off at `ms` without a token: the wait was at least that long. */
  readonly censored: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface LatencyTracker {
  /** Request sent → first content token. */
  tokenAfter(key: LatencyKey, ms: number): void;
  /** No token for so long, then nobody waited any more. */
  silentFor(key: LatencyKey, ms: number): void;
  /** What another process measured, or this one before a restart. */
  take(sample: LatencySample): void;
  /** What was measured here since the last call, at most a few of each key, spread over the time. */
  fresh(): LatencySample[];
  /** Whether the model may stand in front of a waiting person. */
  isFit(key: LatencyKey): boolean;
  /** Recent waits, weighed with the catalog's figure while there are few. */
  quantileMs(key: LatencyKey, share: number): number;
  /** Waits that the figures rest on. */
  samples(key: LatencyKey): number;
  /** Yes once per interval, for a model whose wait nobody sees: one that is unfit, or whose requests are all broken off. */
  probeDue(key: LatencyKey): boolean;
}

export interface LatencyTrackerSettings {
  /** The catalog's figure; a key without one is not kept. */
  readonly priorMs: (key: LatencyKey) => number | undefined;
  /** A model of which the recent median passes this leaves. */
  readonly limitMs?: number;
  /** It comes back when the median of its probes is below this; the gap keeps it from going back and forth. */
  readonly returnMs?: number;
  readonly probeEveryMs?: number;
  /** Hears of each model that leaves or comes back. */
  readonly onChange?: (key: LatencyKey, fit: boolean, medianMs: number) => void;
  /** Milliseconds since the epoch: the samples' clock, which processes share. */
  readonly now?: () => number;
  readonly random?: () => number;
}

/**
 * So many waits are recent. Fourteen slow ones make the median slow, hence a model leaves within 20 turns, while one
 * with p50 180 and p99 1500 leaves by bad luck once in thousands of windows.
 */
const RECENT = 27;
/** So many are kept for the other quantiles, which a short memory would blur. */
const KEPT = 128;
/** So many waits the catalog's figure is worth at first; each measured wait takes half of one away. */
const PRIOR_WEIGHT = 12;
/** Waits since it left that a model needs to come back: four of seven must be quick. */
const PROBES_TO_RETURN = 7;
const MAX_AGE_MS = 24 * 60 * 60 * 1000;
const FRESH_PER_KEY = 8;
/** The catalog gives means; around them it is taken as lognormal with p90 = 1.5 × p50, as steady models measure. */
const PRIOR_SPREAD = [0.6, 0.7, 0.79, 0.86, 0.93, 1, 1.07, 1.16, 1.27, 1.5, 1.7];

interface Entry {
  readonly key: LatencyKey;
  readonly priorMs: number;
  /** The last `KEPT`, oldest first. */
  kept: LatencySample[];
  fit: boolean;
  /** When a whole wait was last seen, or asked for. */
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
  let unshared: LatencySample[] = [];

  // A random part, so that processes that saw the same sample do not all probe at the same moment.
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

  function waitsOf({ kept, priorMs: prior, fit }: Entry, most = KEPT): Wait[] {
    const since = now() - MAX_AGE_MS;
    const recent = kept.slice(-most).filter(({ at }) => at > since);
    const waits = recent.map(({ ms, censored }) => ({ ms, censored, weight: 1 }));
    // What the catalog says of a model that has just been found slow is known to be wrong.
    const weight = fit ? Math.max(0, PRIOR_WEIGHT - waits.length / 2) / PRIOR_SPREAD.length : 0;
    return weight === 0 && waits.length > 0
      ? waits
      : [...waits, ...PRIOR_SPREAD.map((factor) => ({ ms: prior * factor, censored: false, weight: weight || 1 }))];
  }

  function judge(entry: Entry): void {
    // While it is out the last few waits decide: a recovered model must not wait for its bad past to be forgotten.
    const median = quantileOf(waitsOf(entry, entry.fit ? RECENT : PROBES_TO_RETURN), 0.5);
    const comesBack = entry.kept.length >= PROBES_TO_RETURN && median.exact && median.ms < returnMs;
    if (entry.fit ? median.ms <= limitMs : !comesBack) return;
    entry.fit = !entry.fit;
    // Only what is measured from here on can bring it back, and its bad past must not send it away again.
    entry.kept = entry.fit ? entry.kept.slice(-PROBES_TO_RETURN) : [];
    onChange(entry.key, entry.fit, median.ms);
  }

  function add(sample: LatencySample): boolean {
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
    if (add(sample)) unshared.push(sample);
  }

  return {
    tokenAfter: (key, ms) => measured(key, ms, false),
    silentFor: (key, ms) => measured(key, ms, true),
    take: (sample) => void add(sample),
    fresh() {
      const byEntry = new Map<Entry | undefined, LatencySample[]>();
      for (const sample of unshared) {
        const entry = entryOf(sample);
        const samples = byEntry.get(entry) ?? [];
        samples.push(sample);
        byEntry.set(entry, samples);
      }
      unshared = [];
      return [...byEntry.values()].flatMap((samples) => thinned(samples, FRESH_PER_KEY));
    },
    isFit: (key) => entryOf(key)?.fit ?? true,
    quantileMs(key, share) {
      const entry = entryOf(key);
      return entry === undefined ? Number.NaN : quantileOf(waitsOf(entry), share).ms;
    },
    samples: (key) => entryOf(key)?.kept.length ?? 0,
    probeDue(key) {
      const entry = entryOf(key);
      if (entry === undefined || now() - entry.seenAt < entry.nextProbeMs) return false;
      if (entry.fit && quantileOf(waitsOf(entry, RECENT), 0.5).exact) return false;
      entry.seenAt = now();
      entry.nextProbeMs = untilProbe();
      return true;
    },
  };
}

/** Evenly, so that a busy process neither floods the others nor tells only of its last moment. */
function thinned<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)]).filter(
    (item) => item !== undefined,
  );
}
