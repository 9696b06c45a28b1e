/** Asks the product's answering part one question of a conversation, without a visitor, a store or a cache. */
import type { Message } from '@firstword/shared/wire';
import type { Config } from '../../config/config.ts';
import { createAnswer, type RoutingMode } from '../../conversation/answer.ts';
import { createAnswerCache } from '../../conversation/answer-cache.ts';
import { findAnswerSources, otherLanguageOf } from '../../conversation/answer-sources.ts';
import { marksIn } from '../../conversation/citation-marks.ts';
import type { Source } from '../../conversation/prompt.ts';
import type { CallRow } from '../../gateway/chat-call.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { GatewayError } from '../../gateway/gateway-error.ts';
import type { Coverage } from '../../knowledge/coverage.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { BREAKER_SETTINGS, createBreaker } from '../../routing/breaker.ts';
import { regionalEndpoints } from '../../routing/endpoints.ts';
import { createLatencyTracker } from '../../routing/latency-tracker.ts';
import { priorTtftMs } from '../../routing/model-registry.ts';
import { createRouter } from '../../routing/router.ts';
import { DEFAULT_HAND_OFF_POLICY, type HandOffDecision } from '../../triage/hand-off.ts';
import { createHandOffRules } from '../../triage/hand-off-rules.ts';
import { createMessageReader } from '../../triage/message-signals.ts';
import { createTriage } from '../../triage/triage.ts';

export type Reply =
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'handed-off'; readonly text: string; readonly serverTtftMs: number }
  | {
      readonly kind: 'answered';
      readonly text: string;
      /** What the answer may cite, by number; `articleIds` are theirs, in this order. */
      readonly sources: readonly Source[];
      readonly articleIds: readonly string[];
      readonly coverage: Coverage;
      readonly decision: HandOffDecision | undefined;
      /** The tier of the model that answered. */
      readonly tier: string;
      readonly modelTtftMs: number;
      /** Question → first text, without the network and the browser. */
      readonly serverTtftMs: number;
      /** Articles that the answer cites. */
      readonly citedIds: readonly string[];
    };

export interface AskedProduct {
  /** @param history earlier messages, oldest first */
  ask(mode: RoutingMode, text: string, history?: readonly Message[]): Promise<Reply>;
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
    readMessage: createMessageReader(),
    rules: createHandOffRules(),
    knowledgeOf: () => knowledge,
    cache: createAnswerCache({ ttlMs: 0, entries: 1 }),
    promptMarker: 'e0e1e2e3e4e5e6e7e8e9eaeb',
    onRecited: () => {},
  };

  return {
    async ask(mode, text, history = []) {
      const startedAt = performance.now();
      let ground = findAnswerSources(knowledge, undefined, { text, history });
      const { passages } = ground;
      const events = createAnswer({ ...parts, mode })({
        owner: { siteId: SITE.id },
        site: SITE,
        text,
        locale: undefined,
        region: routing.defaultRegion,
        history,
        sources: ground.sources,
        coverage: ground.coverage,
        otherLanguage: otherLanguageOf(knowledge, undefined, { text }),
        bestPassageScore: passages[0]?.score ?? 0,
        otherArticleScore: passages.find(({ articleId }) => articleId !== passages[0]?.articleId)?.score ?? 0,
        cacheable: false,
        tickets: { within: (decision) => decision, minutesUntilNext: () => 0 },
        budget: 'ok',
        holdMs: () => HOLD_MS,
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      let answer = '';
      let tier = '';
      let modelTtftMs = Number.NaN;
      let serverTtftMs = Number.NaN;
      let decision: HandOffDecision | undefined;
      try {
        for (let step = await events.next(); !step.done; step = await events.next()) {
          const event = step.value;
          if (event.type === 'route') tier = event.tier;
          if (event.type === 'found') ground = event;
          if (event.type === 'model') modelTtftMs = event.ttftMs;
          if (event.type === 'retract') answer = '';
          if (event.type === 'text') {
            if (answer === '') serverTtftMs = performance.now() - startedAt;
            answer += event.text;
          }
          if (event.type === 'decision') decision = event.decision;
        }
      } catch (error) {
        const isExpected = error instanceof GatewayError || error instanceof DOMException;
        if (!isExpected) throw error;
        return { kind: 'failed', reason: error.message };
      }
      if (decision?.handling === 'agent') return { kind: 'handed-off', text: answer, serverTtftMs };
      const articleIds = [...new Set(ground.passages.map(({ articleId }) => articleId))];
      const citedIds = marksIn(answer).flatMap((n) => articleIds[n - 1] ?? []);
      const asked = { sources: ground.sources, articleIds, coverage: ground.coverage, decision };
      return { kind: 'answered', text: answer, ...asked, tier, modelTtftMs, serverTtftMs, citedIds };
    },
    close: () => gateway.close(),
  };
}
