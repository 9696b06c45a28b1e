/** What the page Models shows and does: the settings in force, whatever set them, their checks and changes. */
import { TIERS, type Tier } from '@firstword/shared/catalog';
import type { ModelSettings, ModelSettingsView } from '@firstword/shared/model-settings';
import type { ModelRouteParts } from '../http/api-model-routes.ts';
import type { Tiers } from '../routing/tiers.ts';
import type { ModelAdmin } from '../settings/model-admin.ts';
import type { WebAppSettings } from '../web/web-settings.ts';
import type { ConnectedModels } from './live-router.ts';
import type { ModelChecks } from './model-checks.ts';
import { isEndpointFixed, type ModelSetup, NO_ORIGINS } from './model-setup.ts';

export interface ModelPageParts {
  readonly live: Pick<ConnectedModels, 'current'>;
  readonly admin: ModelAdmin<ModelSetup>;
  readonly checks: Pick<ModelChecks, 'stream' | 'inUse' | 'chains' | 'last'>;
}

type Configured = Pick<WebAppSettings, 'endpoint' | 'mode' | 'tiers' | 'fileName' | 'modelOrigins'>;

export function createModelPage(
  { live, admin, checks }: ModelPageParts,
  configured: Configured,
): ModelRouteParts['modelSettings'] {
  const { endpoint, tiers, modelOrigins: origins = NO_ORIGINS, fileName = 'firstword.config.json' } = configured;
  const isFixed = isEndpointFixed(configured);
  const fixedEndpoint: Partial<ModelSettings> =
    isFixed && endpoint !== undefined
      ? {
          baseUrl: endpoint.baseUrl,
          ...(endpoint.apiKeyHeader === undefined ? {} : { apiKeyHeader: endpoint.apiKeyHeader }),
        }
      : {};
  const fixed = {
    ...(isFixed ? { endpoint: origins.endpoint ?? fileName } : {}),
    ...Object.fromEntries(origins.tiers.map((tier) => [tier, fileName])),
  };

  return {
    save: admin.save,
    rollBack: admin.rollBack,
    diff: admin.diff,
    async view(): Promise<ModelSettingsView> {
      const [{ settings = NOTHING_SAVED, key, keyEnding, versions, version }, lastCheck] = await Promise.all([
        admin.stored(),
        checks.last().catch(() => undefined), // Redis is away: the page is of use without it
      ]);
      const ofConsole = { key, ...(keyEnding === undefined ? {} : { keyEnding }) };
      return {
        version,
        source: live.current().source,
        settings: { ...settings, ...fixedEndpoint },
        ...(isFixed ? { key: endpoint?.apiKey === undefined ? 'none' : 'set' } : ofConsole),
        fixed,
        defaults: defaultChains(tiers),
        inUse: checks.inUse(),
        chains: checks.chains(),
        ...(lastCheck === undefined ? {} : { lastCheck }),
        versions: [...versions],
      };
    },
    async check(given, signal) {
      return checks.stream(given && (await admin.draft(given)), signal);
    },
  };
}

const NOTHING_SAVED: ModelSettings = { chains: {}, models: [], allowOutsideLimits: false };

function defaultChains(tiers: Tiers): Record<Tier, string[]> {
  const [instant = [], fast = [], quality = []] = TIERS.map((tier) => [...tiers[tier].chain.default]);
  return { instant, fast, quality };
}
