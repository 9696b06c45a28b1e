/** Asks the product's answering part a single question, without a visitor, a store or a cache. */
import type { Config } from '../../config.ts';
import { createAnswer, type RoutingMode } from '../../conversation/answer.ts';
import { createAnswerCache } from '../../conversation/answer-cache.ts';
import { marksIn } from '../../conversation/citation-marks.ts';
import { toSources } from '../../conversation/prompt.ts';
import type { CallRow } from '../../gateway/chat-call.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { GatewayError } from '../../gateway/gateway-error.ts';
import { coverageOf } from '../../knowledge/coverage.ts';
import { findForQuestion } from '../../knowledge/find-for-question.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { BREAKER_SETTINGS, createBreaker } from '../../routing/breaker.ts';
import { regionalEndpoints } from '../../routing/endpoints.ts';
import { createLatencyTracker } from '../../routing/latency-tracker.ts';
import { priorTtftMs } from '../../routing/model-registry.ts';
import { createRouter } from '../../routing/router.ts';
import { DEFAULT_HAND_OFF_POLICY } from '../../triage/hand-off.ts';
import { createHandOffRules } from '../../triage/hand-off-rules.ts';
import { createTriage } from '../../triage/triage.ts';

export type Reply =
  | { readonly kind: 'failed' | 'handed-off' }
  | {
      readonly kind: 'answered';
      /** The tier of the model that answered. */
      readonly tier: string;
      readonly modelTtftMs: number;
      /** Articles that the answer cites. */
      readonly citedIds: readonly string[];
    };

export interface AskedProduct {
  ask(mode: RoutingMode, text: string): Promise<Reply>;
  close(): Promise<void>;
}

export interface AskProductParts {
  readonly config: Config;
  readonly endpoint: string;
  readonly knowledge: Knowledge;
  readonly onCall: (row: CallRow) => void;
}

/** The verdict is always awaited, so that the result does not depend on the machine. */
const HOLD_MS = 30_000;
const ANSWER_MS = 60_000;
const SITE = { id: 'eval', name: 'our company', handOff: DEFAULT_HAND_OFF_POLICY };

export function createAskedProduct({ config, endpoint, knowledge, onCall }: AskProductParts): AskedProduct {
  const { tiers, models, endpoints, proxy, routing } = config;
  const breaker = createBreaker(BREAKER_SETTINGS);
  const gateway = createGateway({ onCall, breaker, proxy });
  const main = { id: 'main', ...config.endpoint, baseUrl: endpoint };
  const parts = {
    gateway,
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
    rules: createHandOffRules(),
    knowledgeOf: () => knowledge,
    cache: createAnswerCache({ ttlMs: 0, entries: 1 }),
  };

  return {
    async ask(mode, text) {
      const passages = findForQuestion(knowledge, { text, citedTitles: [] });
      const articleIds = [...new Set(passages.map(({ articleId }) => articleId))];
      const sources = toSources(passages, knowledge.textOf);
      const events = createAnswer({ ...parts, mode })({
        owner: { siteId: SITE.id },
        site: SITE,
        text,
        locale: undefined,
        region: routing.defaultRegion,
        history: [],
        sources,
        coverage: coverageOf(knowledge, text, passages),
        bestPassageScore: passages[0]?.score ?? 0,
        otherArticleScore: passages.find(({ articleId }) => articleId !== articleIds[0])?.score ?? 0,
        cacheable: false,
        budget: 'ok',
        holdMs: () => HOLD_MS,
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      let answer = '';
      let tier = '';
      let modelTtftMs = Number.NaN;
      let isHandedOff = false;
      try {
        for (let step = await events.next(); !step.done; step = await events.next()) {
          const event = step.value;
          if (event.type === 'route') tier = event.tier;
          if (event.type === 'model') modelTtftMs = event.ttftMs;
          if (event.type === 'retract') answer = '';
          if (event.type === 'text') answer += event.text;
          if (event.type === 'decision') isHandedOff = event.decision.handling === 'agent';
        }
      } catch (error) {
        const isExpected = error instanceof GatewayError || error instanceof DOMException;
        if (!isExpected) throw error;
        return { kind: 'failed' };
      }
      if (isHandedOff) return { kind: 'handed-off' };
      const citedIds = marksIn(answer).flatMap((n) => articleIds[n - 1] ?? []);
      return { kind: 'answered', tier, modelTtftMs, citedIds };
    },
    close: () => gateway.close(),
  };
}
