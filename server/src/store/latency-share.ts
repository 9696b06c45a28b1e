/** Shares measured TTFT between processes, so that a new one starts with recent figures. Nothing waits for it. */
import { regionSchema } from '@firstword/shared/region';
import { z } from 'zod';
import type { Log } from '../lib/log.ts';
import type { Redis } from '../lib/redis.ts';
import { shareWhileRunning } from '../lib/share-while-running.ts';
import type { RedisKeys } from './keys.ts';

const sampleSchema = z.object({
  modelId: z.string(),
  region: regionSchema,
  endpointId: z.string(),
  ms: z.number(),
  censored: z.boolean(),
  at: z.number(),
});
type Sample = Readonly<z.infer<typeof sampleSchema>>;

export interface LatencyShareSettings {
  /** Identifies this process, so that it ignores its own samples. */
  readonly processId: string;
  readonly everyMs: number;
  /** Batches kept in Redis. */
  readonly keep: number;
}

export interface LatencyShare {
  /** Reads and writes once; also runs every `everyMs`. Never rejects, because figures can wait. */
  exchange(): Promise<void>;
  stop(): void;
}

/**
 * @param fresh returns the samples measured here since the last call
 * @param take called with each sample of another process, first with those from before the start
 */
export function createLatencyShare(
  redis: Redis,
  keys: RedisKeys,
  { fresh, take }: { fresh: () => readonly Sample[]; take: (sample: Sample) => void },
  log: Log,
  { processId, everyMs, keep }: LatencyShareSettings,
): LatencyShare {
  const stream = keys.latency();
  /** Id of the last stream entry read; undefined before the first read. */
  let lastRead: string | undefined;

  const readNew = async () => {
    const entries =
      lastRead === undefined
        ? (await redis.xrevrange(stream, '+', '-', 'COUNT', keep)).reverse()
        : await redis.xrange(stream, `(${lastRead}`, '+', 'COUNT', keep);
    for (const [id, [, sender, , json = '[]']] of entries) {
      const isOwn = sender === processId;
      if (!isOwn) for (const sample of sampleSchema.array().parse(JSON.parse(json))) take(sample);
      lastRead = id;
    }
    lastRead ??= '0';
  };

  const exchange = async () => {
    try {
      await readNew();
      const samples = fresh();
      if (samples.length > 0)
        await redis.xadd(stream, 'MAXLEN', '~', keep, '*', 'p', processId, 's', JSON.stringify(samples));
    } catch (error) {
      log.debug({ reason: String(error) }, 'failed to share latency samples');
    }
  };
  const once = shareWhileRunning(exchange);
  const timer = setInterval(() => void once(), everyMs).unref();

  return { exchange: once, stop: () => clearInterval(timer) };
}
