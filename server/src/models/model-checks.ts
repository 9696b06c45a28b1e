/** Checks models by one short call to each, those in use and those of a draft, and says which are in use now. */
import { type Region, type TaskType, TIERS, type Tier } from '@firstword/shared/catalog';
import {
  type LastModelCheck,
  type LiveChain,
  lastModelCheckSchema,
  type ModelCheckEvent,
  type ModelCheckLine,
  type ModelInUseView,
} from '@firstword/shared/model-settings';
import type { ModelCheck } from '@firstword/shared/model-status';
import { checksAsTheyEnd } from '../gateway/check-each.ts';
import type { ModelCorrections } from '../gateway/model-corrections.ts';
import { createModelProbe, type ModelInUse, type ModelProbe, type ModelProbeParts } from '../gateway/model-probe.ts';
import type { ModelStatus } from '../gateway/model-status.ts';
import type { Log } from '../lib/log.ts';
import { parseJson } from '../lib/parse-json.ts';
import { phraseText } from '../lib/phrase.ts';
import { describeProfile } from '../routing/describe-profile.ts';
import type { LatencyTracker } from '../routing/latency-tracker.ts';
import type { ModelProfile } from '../routing/model-profile.ts';
import type { Endpoint } from '../routing/route.ts';
import { latencyKey, modelsInUse, type Router, type RouterSettings, regionsOf } from '../routing/router.ts';
import type { ModelCheckStore } from '../store/model-check-store.ts';
import type { ConnectedModels } from './live-router.ts';
import { reportCheck } from './model-report.ts';
import type { ModelSetup } from './model-setup.ts';

export interface ModelChecks {
  /** Checks the models in use. Their state is known afterwards, in this process and on the page Models. */
  checkInUse(): Promise<readonly ModelCheck[]>;
  /** Streams the check of the models in use, or of a draft, from which nothing is learned. */
  stream(draft: ModelSetup | undefined, signal: AbortSignal): AsyncGenerator<ModelCheckEvent>;
  modelsInUse(): ModelInUse[];
  /** The same, as the page Models shows them. */
  inUse(): ModelInUseView[];
  /** The models of each tier and region, in the order in which they are asked now. */
  chains(): LiveChain[];
  last(): Promise<LastModelCheck | undefined>;
  close(): Promise<void>;
}

export interface ModelChecksParts extends Pick<ModelProbeParts, 'proxy'> {
  readonly live: Pick<ConnectedModels, 'current'>;
  readonly served: (main: Endpoint) => RouterSettings['endpoints'];
  readonly router: Router;
  readonly latency: Pick<LatencyTracker, 'quantileMs' | 'samples'>;
  readonly status: Pick<ModelStatus, 'checked'>;
  readonly corrections: ModelCorrections;
  readonly onCall: NonNullable<ModelProbeParts['onCall']>;
  readonly store: ModelCheckStore;
  readonly log: Log;
}

export function createModelChecks(parts: ModelChecksParts): ModelChecks {
  const { live, served, router, latency, status, proxy, corrections, onCall, store, log } = parts;
  const probes = new Set<ModelProbe>();

  const usedBy = ({ endpoint, tiers, models }: ModelSetup) =>
    endpoint === undefined ? [] : modelsInUse({ tiers, models, endpoints: served(endpoint) });

  async function* checksOf(setup: ModelSetup, isInUse: boolean): AsyncGenerator<ModelCheck> {
    const used = usedBy(setup);
    const probe = createModelProbe({ proxy, onCall, ...(isInUse ? { corrections } : {}) });
    probes.add(probe);
    const found: (readonly [number, ModelCheck])[] = [];
    try {
      for await (const ended of checksAsTheyEnd(probe, used)) {
        found.push(ended);
        yield ended[1];
      }
    } finally {
      probes.delete(probe);
      await probe.close();
    }
    // Others may be connected by now.
    if (!isInUse || live.current() !== setup) return;
    const checks = found.toSorted(([a], [b]) => a - b).map(([, check]) => check);
    status.checked(checks);
    const last: LastModelCheck = { at: Date.now(), lines: checks.map(lineOf) };
    await store
      .save(JSON.stringify(last))
      .catch((error: unknown) => log.warn({ reason: String(error) }, 'storing the check of the models failed'));
  }

  return {
    async checkInUse() {
      const checks: ModelCheck[] = [];
      for await (const check of checksOf(live.current(), true)) checks.push(check);
      return checks;
    },
    async *stream(draft, signal) {
      const setup = draft ?? live.current();
      yield { total: usedBy(setup).length };
      for await (const check of checksOf(setup, draft === undefined)) {
        const { modelId, ttftMs } = check;
        yield { modelId, ...(ttftMs === undefined ? {} : { ttftMs }), line: lineOf(check) };
        if (signal.aborted) return;
      }
    },
    modelsInUse: () => usedBy(live.current()),
    inUse: () =>
      usedBy(live.current()).map(({ model: { id, endpoint, price, profile }, tiers }) => ({
        id,
        endpointId: endpoint.id,
        tiers: [...tiers],
        ...(price.inputUsdPerMillion === undefined ? {} : { inputUsdPerMillion: price.inputUsdPerMillion }),
        ...(price.outputUsdPerMillion === undefined ? {} : { outputUsdPerMillion: price.outputUsdPerMillion }),
        ...profileView(profile),
      })),
    chains() {
      const { endpoint, tiers } = live.current();
      if (endpoint === undefined) return [];
      const regions = [...regionsOf(tiers, served(endpoint))];
      return TIERS.flatMap((tier) => regions.map((region) => chainOf(tier, region)));
    },
    async last() {
      return lastModelCheckSchema.safeParse(parseJson((await store.load()) ?? '')).data;
    },
    async close() {
      await Promise.all([...probes].map((probe) => probe.close()));
    },
  };

  function chainOf(tier: Tier, region: Region): LiveChain {
    const route = router({ taskType: TASK_OF[tier], region, allowedRegions: undefined });
    return {
      tier,
      region,
      models: route.models.map((model) => {
        const key = latencyKey(model, route.region);
        return {
          id: model.id,
          endpointId: model.endpoint.id,
          ttftMs: Math.round(latency.quantileMs(key, 0.5)),
          samples: latency.samples(key),
        };
      }),
    };
  }
}

const TASK_OF: Readonly<Record<Tier, TaskType>> = { instant: 'classification', fast: 'chat', quality: 'analysis' };

const profileView = (profile: ModelProfile): Pick<ModelInUseView, 'profile' | 'profilePhrases'> => {
  const changes = describeProfile(profile);
  return { profile: changes.map(phraseText), profilePhrases: changes };
};

const lineOf = (check: ModelCheck): ModelCheckLine => ({ ...reportCheck(check), check });
