/** Builds the model API: the router, for the owner's other programs. */
import { createModelApi, type ModelApiParts } from '../model-api/model-api.ts';
import { chainRegions } from '../routing/tiers.ts';
import type { WebAgents } from './web-agents.ts';
import type { WebChat } from './web-chat.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface WebModelApiParts extends Pick<ModelApiParts, 'limitRefusedCalls'> {
  readonly accounts: Pick<WebAgents, 'apiTokens'>;
  readonly chat: Pick<WebChat, 'gateway' | 'router' | 'usage'>;
}

export function createWebModelApi(
  { accounts, chat, limitRefusedCalls }: WebModelApiParts,
  {
    tiers,
    endpoints,
    routing,
    modelApi,
    log,
  }: Pick<WebAppSettings, 'tiers' | 'endpoints' | 'routing' | 'modelApi' | 'log'>,
) {
  const { gateway, router, usage } = chat;
  const { defaultRegion, regions } = routing;
  return createModelApi({
    apiTokens: accounts.apiTokens,
    gateway,
    router,
    budgets: usage.budgets,
    costOf: usage.costOf,
    regions: [...new Set([...chainRegions(tiers), defaultRegion, ...Object.keys(regions), ...Object.keys(endpoints)])],
    defaultRegion,
    maskPolicy: modelApi,
    limitRefusedCalls,
    log,
  });
}
