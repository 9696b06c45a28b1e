/** Finds chains none of whose models answers: what this process has seen, confirmed by a check of each model. */
import { TIERS, type Tier } from '@firstword/shared/catalog';
import type { LiveChain } from '@firstword/shared/model-settings';
import type { ModelCheck } from '@firstword/shared/model-status';
import { concerns, type ModelStatus } from '../gateway/model-status.ts';
import { type Breaker, breakerKey } from '../routing/breaker.ts';
import type { ModelChecks } from './model-checks.ts';

export interface ModelOutage {
  readonly tier: Tier;
  /** As the check of the chain's first model found it. */
  readonly reason: string;
  readonly fix: string;
}

export interface ModelOutages {
  /** Whether calls of this process, or its last check, say so of a chain. Costs nothing. */
  isSuspected(): boolean;
  /** Asks every model in use once. */
  find(): Promise<ModelOutage[]>;
}

export interface ModelOutageParts {
  readonly checks: Pick<ModelChecks, 'chains' | 'checkInUse'>;
  readonly status: Pick<ModelStatus, 'view'>;
  readonly breaker: Pick<Breaker, 'opensInMs'>;
}

type ChainModel = LiveChain['models'][number];

export function createModelOutages({ checks, status, breaker }: ModelOutageParts): ModelOutages {
  return {
    isSuspected() {
      const { alarms, checks: found } = status.view();
      const isDoubtful = ({ id, endpointId }: ChainModel) =>
        breaker.opensInMs(breakerKey(endpointId, id)) > 0 ||
        alarms.some((alarm) => concerns(alarm, { endpointId, modelId: id })) ||
        faultOf(found, { id, endpointId }) !== undefined;
      return checks.chains().some(({ models }) => models.every(isDoubtful));
    },
    async find() {
      const found = await checks.checkInUse();
      const chains = checks.chains();
      return TIERS.flatMap((tier) => {
        const chain = chains.find(
          (each) => each.tier === tier && each.models.every((model) => faultOf(found, model) !== undefined),
        );
        const fault = chain?.models[0] && faultOf(found, chain.models[0]);
        return fault === undefined ? [] : [{ tier, reason: fault.code, fix: fault.fix }];
      });
    },
  };
}

function faultOf(checks: readonly ModelCheck[], { id, endpointId }: Pick<ChainModel, 'id' | 'endpointId'>) {
  return checks.find((check) => check.modelId === id && check.endpointId === endpointId)?.fault;
}
