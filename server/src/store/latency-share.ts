/** Lets processes tell one another what they measured, and a new one begin with what was known. Nothing waits for it. */
import { REGIONS } from '@firstword/shared/catalog';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Log } from '../lib/log.ts';
import type { RedisKeys } from './keys.ts';

const sampleSchema = z.object({
  modelId: z.string(),
  region: z.enum(REGIONS),
  endpointId: z.string(),
  ms: z.number(),
  censored: z.boolean(),
  at: z.number(),
});
type Sample = Readonly<z.infer<typeof sampleSchema>>;

export interface LatencyShareSettings {
  /** Names this process, so that it does not hear itself. */
  readonly processId: string;
  readonly everyMs: number;
  /** Batches kept in Redis. */
  readonly keep: number;
}

export interface LatencyShare {
  /** Tells and hears once, as it does by itself from time to time. Never rejects: figures can wait. */
  exchange(): Promise<void>;
  stop(): void;
}

/**
 * @param fresh what was measured here since the last time
 * @param take hears each sample of another process, and first those from before the start
 */
export function createLatencyShare(
  redis: Redis,
  keys: RedisKeys,
  { fresh, take }: { fresh: () => readonly Sample[]; take: (sample: Sample) => void },
  log: Log,
  { processId, everyMs, keep }: LatencyShareSettings,
): LatencyShare {
  const stream = keys.latency();
  /** Of the stream's entries the last one heard; undefined before the first look. */
  let heard: string | undefined;
  let running: Promise<void> | undefined;

  const hear = async () => {
    const entries =
      heard === undefined
        ? (await redis.xrevrange(stream, '+', '-', 'COUNT', keep)).reverse()
        : await redis.xrange(stream, `(${heard}`, '+', 'COUNT', keep);
    for (const [id, [, teller, , json = '[]']] of entries) {
      const isOwn = teller === processId;
      if (!isOwn) for (const sample of sampleSchema.array().parse(JSON.parse(json))) take(sample);
      heard = id;
    }
    heard ??= '0';
  };

  const exchange = async () => {
    try {
      await hear();
      const samples = fresh();
      if (samples.length > 0)
        await redis.xadd(stream, 'MAXLEN', '~', keep, '*', 'p', processId, 's', JSON.stringify(samples));
    } catch (error) {
      log.debug({ reason: String(error) }, 'latency figures not shared');
    }
  };
  const once = () => {
    running ??= exchange().finally(() => {
      running = undefined;
    });
    return running;
  };
  const timer = setInterval(() => void once(), everyMs).unref();

  return { exchange: once, stop: () => clearInterval(timer) };
}
