/** Builds the model API: the router, for the owner's other programs. */
import { createApiTokens } from './agents/api-tokens.ts';
import type { TokenHash } from './lib/tokens.ts';
import { createModelApi } from './model-api/model-api.ts';
import { chainRegions } from './routing/tiers.ts';
import type { RedisKeys } from './store/keys.ts';
import type { WebChat } from './web-chat.ts';
import type { WebConnections } from './web-connections.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface WebModelApiParts {
  readonly connections: Pick<WebConnections, 'background'>;
  readonly keys: RedisKeys;
  readonly tokenHash: TokenHash;
  readonly chat: Pick<WebChat, 'gateway' | 'router' | 'usage'>;
}

export function createWebModelApi(
  { connections, keys, tokenHash, chat }: WebModelApiParts,
  { tiers, endpoints, routing, log }: Pick<WebAppSettings, 'tiers' | 'endpoints' | 'routing' | 'log'>,
) {
  const { gateway, router, usage } = chat;
  const { defaultRegion, regions } = routing;
  return createModelApi({
    apiTokens: createApiTokens(connections.background, keys, tokenHash),
    gateway,
    router,
    budgets: usage.budgets,
    costOf: usage.costOf,
    regions: [...new Set([...chainRegions(tiers), defaultRegion, ...Object.keys(regions), ...Object.keys(endpoints)])],
    defaultRegion,
    log,
  });
}
