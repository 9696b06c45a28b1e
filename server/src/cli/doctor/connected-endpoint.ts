/** The models that are connected in the console, as processes find them in Redis. */
import type { Config } from '../../config/config.ts';
import { secretIn } from '../../lib/data-dir.ts';
import { createLog } from '../../lib/log.ts';
import { connectRedis } from '../../lib/redis.ts';
import { privateRedisSocket } from '../../local/private-redis.ts';
import { createConnectedModels } from '../../models/connected-models.ts';
import type { ModelSetup } from '../../models/model-setup.ts';
import { ALL_SETTINGS } from '../../settings/follow-settings.ts';
import { createRedisKeys } from '../../store/keys.ts';
import { createSettingsPublication } from '../../store/publication.ts';

type Given = Pick<Config, 'redisUrl' | 'dataDir' | 'appSecret' | 'tiers' | 'models' | 'routing' | 'modelOrigins'> &
  Pick<Config, 'endpoint'>;

/** What the configuration sets where nothing is published, or where Redis can't be reached. */
export async function readModelSetup(config: Given, readyMs: number): Promise<ModelSetup> {
  const { redisUrl, dataDir, endpoint, tiers, models, routing, modelOrigins } = config;
  const log = createLog('silent');
  const parts = {
    ...{ tiers, models, modelOrigins, log },
    endpoint: endpoint && { id: 'main', ...endpoint },
    mode: 'live',
    allowOutsideLimits: routing.allowOutsideLimits,
  } as const;
  try {
    const redis = await connectRedis(redisUrl ?? `unix://${privateRedisSocket(dataDir)}`, 'commands', log, readyMs);
    const published = await createSettingsPublication(redis, createRedisKeys('firstword'))
      .load(ALL_SETTINGS)
      .finally(() => redis.disconnect());
    // Only then: reading the secret creates it.
    if (published !== undefined) {
      const connected = createConnectedModels({ ...parts, appSecret: config.appSecret ?? secretIn(dataDir, 'app') });
      connected.apply(published);
      return connected.current();
    }
  } catch {
    // The check of Redis says why.
  }
  return createConnectedModels({ ...parts, appSecret: '' }).current();
}
