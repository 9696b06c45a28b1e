/** Every model that configuration knows: the reference catalog, changed or extended by the site owner. */
import { type CatalogModel, REFERENCE_MODELS, type Region, referenceTtftMs } from '@firstword/shared/catalog';
import type { ModelPrice } from './route.ts';

export interface KnownModel {
  readonly id: string;
  readonly upstreamName: string;
  readonly ttftMs: CatalogModel['ttftMs'];
  readonly price: ModelPrice;
}

/** A model as configuration writes it: only `id` is needed for one of the catalog, `ttftMs` too for any other. */
export interface ModelEntry {
  readonly id: string;
  readonly upstreamName?: string | undefined;
  readonly ttftMs?: number | undefined;
  readonly inputUsdPerMillion?: number | undefined;
  readonly outputUsdPerMillion?: number | undefined;
}

export type ModelRegistry = ReadonlyMap<string, KnownModel>;

/** @throws Error naming the model when an unknown one comes without a TTFT. */
export function createModelRegistry(entries: readonly ModelEntry[]): ModelRegistry {
  const book = new Map<string, KnownModel>(
    REFERENCE_MODELS.map(({ id, ttftMs, outputUsdPerMillion }) => [
      id,
      { id, upstreamName: id, ttftMs, price: { outputUsdPerMillion } },
    ]),
  );
  for (const entry of entries) {
    const base = book.get(entry.id);
    const ttftMs = entry.ttftMs === undefined ? base?.ttftMs : { 'us-east': entry.ttftMs };
    if (ttftMs === undefined)
      throw new Error(
        `models: "${entry.id}" is not in the catalog, so it needs ttftMs (npm run bench:models measures it)`,
      );
    const input = entry.inputUsdPerMillion ?? base?.price.inputUsdPerMillion;
    const output = entry.outputUsdPerMillion ?? base?.price.outputUsdPerMillion;
    book.set(entry.id, {
      id: entry.id,
      upstreamName: entry.upstreamName ?? base?.upstreamName ?? entry.id,
      ttftMs,
      price: {
        ...(input === undefined ? {} : { inputUsdPerMillion: input }),
        ...(output === undefined ? {} : { outputUsdPerMillion: output }),
      },
    });
  }
  return book;
}

/** What a model is known to take before anybody has measured it here, in milliseconds; undefined for an unknown one. */
export function priorTtftMs(models: ModelRegistry, modelId: string, region: Region): number | undefined {
  const known = models.get(modelId);
  return known && referenceTtftMs(known, region);
}
