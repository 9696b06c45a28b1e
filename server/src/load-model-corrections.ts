/** Keeps in Redis what models were found to need, so that no restart learns it again at a visitor's expense. */
import type { Redis } from 'ioredis';
import {
  correctionSchema,
  createModelCorrections,
  type ModelCorrection,
  type ModelCorrections,
} from './gateway/model-corrections.ts';
import type { Log } from './lib/log.ts';
import { parseJson } from './lib/parse-json.ts';
import type { RedisKeys } from './store/keys.ts';

/** Renewed with each change; after it, an endpoint that was mended is asked as its profile says again. */
const KEPT_SECONDS = 30 * 86_400;

export interface KeptCorrectionsParts {
  readonly redis: Redis;
  readonly keys: Pick<RedisKeys, 'modelCorrections'>;
  readonly log: Log;
}

export async function loadModelCorrections({ redis, keys, log }: KeptCorrectionsParts): Promise<ModelCorrections> {
  const hash = keys.modelCorrections();
  const stored = await redis.hgetall(hash);
  const known = Object.entries(stored).flatMap(([key, json]) => {
    const { data: correction } = correctionSchema.safeParse(parseJson(json));
    return correction === undefined ? [] : [{ key, correction }];
  });
  return createModelCorrections({
    known,
    onLearned({ key, modelId, endpointId, correction }, found) {
      log.warn(
        { modelId, endpointId, ...found, fix: fixFor(found) },
        'model needs another request than its profile says',
      );
      const saving = redis.multi().hset(hash, key, JSON.stringify(correction)).expire(hash, KEPT_SECONDS).exec();
      saving.catch((error: unknown) => log.warn({ reason: String(error) }, 'failed to store a model correction'));
    },
  });
}

/** The setting that spares the correction. */
function fixFor({ refusedFields = [], system, thinkingTokens, opensInThinking }: Partial<ModelCorrection>): string {
  if (thinkingTokens !== undefined)
    return `switch thinking off with models[].request, or set models[].thinkingTokens to ${thinkingTokens}`;
  if (system !== undefined) return 'set models[].system to "user"';
  if (opensInThinking) return 'switch thinking off with models[].request, or set models[].thinks to "always"';
  if (refusedFields.includes('max_tokens')) return 'set models[].maxTokensField to "max_completion_tokens"';
  if (refusedFields.includes('temperature')) return 'set models[].temperature to false';
  if (refusedFields.includes('stream_options')) return 'set models[].usage to false';
  return `set ${refusedFields.map((field) => `models[].request.${field}`).join(' and ')} to null`;
}
