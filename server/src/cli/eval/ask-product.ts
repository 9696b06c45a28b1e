/** Builds the product's answering part for one endpoint and set of articles, without a visitor, a store or a cache. */
import type { Message } from '@firstword/shared/wire';
import type { Config } from '../../config/config.ts';
import type { RoutingMode } from '../../conversation/answer.ts';
import { type AskedReply, type AskQuestion, createAskQuestion } from '../../conversation/asked-question.ts';
import type { CallRow } from '../../gateway/chat-call.ts';
import { createGateway } from '../../gateway/gateway.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { BREAKER_SETTINGS, createBreaker } from '../../routing/breaker.ts';
import { regionalEndpoints } from '../../routing/endpoints.ts';
import { createLatencyTracker } from '../../routing/latency-tracker.ts';
import { priorTtftMs } from '../../routing/model-registry.ts';
import { createRouter } from '../../routing/router.ts';
import { DEFAULT_HAND_OFF_POLICY } from '../../triage/hand-off.ts';
import { createHandOffRules } from '../../triage/hand-off-rules.ts';
import { createMessageReader } from '../../triage/message-signals.ts';
import { createTriage } from '../../triage/triage.ts';

export interface AskedProduct {
  /** @param history earlier messages, oldest first */
  ask(mode: RoutingMode, text: string, history?: readonly Message[]): Promise<AskedReply>;
  close(): Promise<void>;
}

export interface AskProductParts {
  readonly config: Config;
  readonly endpoint: string;
  readonly knowledge: Knowledge;
  readonly onCall: (row: CallRow) => void;
}

export const EVAL_SITE = { id: 'eval', name: 'our company', handOff: DEFAULT_HAND_OFF_POLICY };

export function createAskedProduct({ config, endpoint, knowledge, onCall }: AskProductParts): AskedProduct {
  const { tiers, models, endpoints, proxy, routing } = config;
  const breaker = createBreaker(BREAKER_SETTINGS);
  const gateway = createGateway({ onCall, breaker, proxy });
  const main = { id: 'main', ...config.endpoint, baseUrl: endpoint };
  const parts = {
    ...{ gateway, site: EVAL_SITE, region: routing.defaultRegion },
    router: createRouter({
      tiers,
      models,
      endpoints: { main, mainRegion: routing.defaultRegion, regional: regionalEndpoints(endpoints) },
      // The models stay in the configured order, so that every mode asks the same ones.
      latency: createLatencyTracker({
        limitMs: Number.POSITIVE_INFINITY,
        priorMs: ({ modelId, region }) => priorTtftMs(models, modelId, region),
      }),
      breaker,
      hedge: { mode: 'off', deadlineMs: 0, budgetShare: 0 },
      allowOutsideLimits: routing.allowOutsideLimits,
    }),
    triage: createTriage({ gateway, onFault: () => {}, onUnreadable: () => {} }),
    readMessage: createMessageReader(),
    rules: createHandOffRules(),
    knowledgeOf: () => knowledge,
    promptMarker: 'e0e1e2e3e4e5e6e7e8e9eaeb',
  };
  const asking: Record<RoutingMode, AskQuestion> = {
    speculative: createAskQuestion({ ...parts, mode: 'speculative' }),
    thrifty: createAskQuestion({ ...parts, mode: 'thrifty' }),
    sequential: createAskQuestion({ ...parts, mode: 'sequential' }),
  };
  return {
    ask: (mode, text, history = []) => asking[mode]({ text, history }),
    close: () => gateway.close(),
  };
}
