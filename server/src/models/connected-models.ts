/** Builds the models of a process that follow what is connected in the console. */
import type { Config } from '../config/config.ts';
import { createSettingSecrets } from '../configured-sites.ts';
import type { Log } from '../lib/log.ts';
import type { Endpoint } from '../routing/route.ts';
import { createLiveModels } from '../settings/live-models.ts';
import type { ConnectedModels } from './live-router.ts';
import { type ConfiguredModels, configuredSetup, createModelCheck } from './model-setup.ts';

export interface ConnectedModelsParts extends Pick<Config, 'tiers' | 'models'> {
  /** Undefined: nothing answers until an endpoint is connected. */
  readonly endpoint: Endpoint | undefined;
  readonly mode: 'live' | 'demo';
  readonly allowOutsideLimits: readonly string[];
  readonly modelOrigins?: Config['modelOrigins'] | undefined;
  readonly appSecret: string;
  readonly log: Log;
}

export function createConnectedModels(parts: ConnectedModelsParts): ConnectedModels {
  const configured = configuredModels(parts);
  return createLiveModels({
    configured: configuredSetup(configured),
    check: createModelCheck(configured),
    secrets: createSettingSecrets(parts.appSecret),
    log: parts.log,
  });
}

export function configuredModels({
  endpoint,
  mode,
  tiers,
  models,
  allowOutsideLimits,
  modelOrigins,
}: Omit<ConnectedModelsParts, 'appSecret' | 'log'>): ConfiguredModels {
  return {
    ...{ endpoint, mode, tiers, models, allowOutsideLimits },
    ...(modelOrigins === undefined ? {} : { origins: modelOrigins }),
  };
}
