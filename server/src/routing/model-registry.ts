/** Lists all models: the reference catalog, changed and extended by the configuration. */
import { type CatalogModel, REFERENCE_MODELS, type Region, referenceTtftMs } from '@firstword/shared/catalog';
import { familyProfile } from './family-profiles.ts';
import { type ModelProfile, mergeProfiles } from './model-profile.ts';
import type { ModelPrice } from './route.ts';

export interface KnownModel {
  readonly id: string;
  readonly upstreamName: string;
  readonly ttftMs: CatalogModel['ttftMs'];
  readonly price: ModelPrice;
  readonly profile: ModelProfile;
}

/** A model as configured. Models outside the catalog need `ttftMs`. */
export interface ModelEntry extends ModelProfile {
  readonly id: string;
  readonly upstreamName?: string | undefined;
  readonly ttftMs?: number | undefined;
  readonly inputUsdPerMillion?: number | undefined;
  readonly outputUsdPerMillion?: number | undefined;
}

export type ModelRegistry = ReadonlyMap<string, KnownModel>;

/** @throws Error naming the model when one outside the catalog has no `ttftMs` */
export function createModelRegistry(entries: readonly ModelEntry[]): ModelRegistry {
  const registry = new Map<string, KnownModel>(
    REFERENCE_MODELS.map(({ id, ttftMs, outputUsdPerMillion }) => [
      id,
      { id, upstreamName: id, ttftMs, price: { outputUsdPerMillion }, profile: familyProfile(id) },
    ]),
  );
  for (const entry of entries) {
    const base = registry.get(entry.id);
    const ttftMs = entry.ttftMs === undefined ? base?.ttftMs : { 'us-east': entry.ttftMs };
    if (ttftMs === undefined)
      throw new Error(
        `models: "${entry.id}" is not in the catalog. Set its ttftMs (npm run bench:models measures it).`,
      );
    const { id, upstreamName = base?.upstreamName ?? id, ttftMs: _, ...rest } = entry;
    const { inputUsdPerMillion, outputUsdPerMillion, cachedInputUsdPerMillion, ...own } = rest;
    const prices = { inputUsdPerMillion, outputUsdPerMillion, cachedInputUsdPerMillion };
    registry.set(id, {
      id,
      upstreamName,
      ttftMs,
      price: { ...base?.price, ...Object.fromEntries(Object.entries(prices).filter(([, usd]) => usd !== undefined)) },
      profile: mergeProfiles(familyProfile(upstreamName), own),
    });
  }
  return registry;
}

/** A model's catalog or configured TTFT in milliseconds, used before it is measured; undefined for an unknown model. */
export function priorTtftMs(models: ModelRegistry, modelId: string, region: Region): number | undefined {
  const known = models.get(modelId);
  return known && referenceTtftMs(known, region);
}
