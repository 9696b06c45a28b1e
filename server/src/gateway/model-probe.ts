/** Checks a model as a visitor would meet it: one short streamed call, and the endpoint's list of models. */
import { INTERACTIVE_TTFT_LIMIT_MS, type Region, type Tier } from '@firstword/shared/catalog';
import { keysOf } from '@firstword/shared/keys-of';
import type { CheckConcern, ModelCheck } from '@firstword/shared/model-status';
import { didYouMean } from '../lib/near-miss.ts';
import type { Endpoint, Route, RoutedModel } from '../routing/route.ts';
import type { CallRow, Gateway } from './chat-call.ts';
import { createEndpointPools, type PoolSettings } from './endpoint-pools.ts';
import { failureFix } from './failure-fix.ts';
import { createGateway } from './gateway.ts';
import { type FailureCode, GatewayError } from './gateway-error.ts';
import { createModelCorrections, type ModelCorrections } from './model-corrections.ts';
import { findBaseUrl, listModels } from './models-list.ts';
import { UNTHROTTLED } from './throttled-connector.ts';
import { estimateTokens } from './token-usage.ts';

/** A model with the tiers that use it. */
export interface ModelInUse {
  readonly model: RoutedModel;
  readonly region: Region;
  readonly tiers: readonly Tier[];
  /** The smallest limit of these tiers: a model that thinks may use it up. */
  readonly maxTokens: number;
}

export interface ModelProbe {
  /** Never rejects. */
  check(used: ModelInUse): Promise<ModelCheck>;
  close(): Promise<void>;
}

export interface ModelProbeParts {
  readonly proxy?: PoolSettings['proxy'];
  /** What a check finds out about a model is used by visitors' calls, too. */
  readonly corrections?: ModelCorrections;
  readonly onCall?: (row: CallRow) => void;
  /** Longest wait for the whole call. */
  readonly callMs?: number;
}

/** About twenty tokens, so that a speed can be measured. */
const MESSAGES = [
  { role: 'system', content: 'You are a support assistant. Reply in plain words.' },
  { role: 'user', content: 'Count from one to ten.' },
] as const;
const CALL_MS = 30_000;
const CONNECT_MS = 5_000;
const NEVER_REACHED: readonly FailureCode[] = ['connect-failed', 'dns-failed', 'proxy-failed', 'tls-failed'];
const LISTED_MAX = 8;
/** Tokens beyond the visible text are thinking; the estimate of the text is accurate to about 25 %. */
const TOKENS_RATIO = 2;
const TOKENS_SLACK = 16;

/** Beyond the tier's limit, for a check whose answer was cut off: its text may be thinking without an opening tag. */
const MORE_TOKENS = 2048;

interface CallFacts {
  /** The answer reached its token limit. */
  readonly shortened?: true;
  readonly ttftMs?: number;
  readonly tokensPerSecond?: number;
  readonly usageReported?: boolean;
  readonly thinks?: boolean;
  readonly failure?: { readonly code: FailureCode; readonly message: string };
}

export function createModelProbe({
  proxy,
  corrections = createModelCorrections(),
  onCall = () => {},
  callMs = CALL_MS,
}: ModelProbeParts = {}): ModelProbe {
  const pools = createEndpointPools({
    connections: 4,
    connectMs: CONNECT_MS,
    keepAliveMs: 10_000,
    warm: undefined,
    warmEveryMs: 0,
    throttling: UNTHROTTLED,
    proxy,
  });
  // A gateway of its own: a failed check must not open the breakers of visitors' calls.
  const gateway = createGateway({
    proxy,
    corrections,
    onCall,
    connectMs: CONNECT_MS,
    limits: { extraAttempts: 0, headersMs: callMs, firstTokenMs: callMs },
  });
  const lists = new Map<string, Promise<readonly string[] | undefined>>();
  const listOf = (endpoint: Endpoint) => {
    const list = lists.get(endpoint.id) ?? listModels(pools, endpoint);
    lists.set(endpoint.id, list);
    return list;
  };

  async function faultOf(
    { code, message }: NonNullable<CallFacts['failure']>,
    { id: modelId, upstreamName, endpoint }: RoutedModel,
  ): Promise<NonNullable<ModelCheck['fault']>> {
    const { address } = pools.of(endpoint);
    const fix = failureFix(code, { endpointId: endpoint.id, modelId, upstreamName, address });
    if (code === 'no-model') {
      const baseUrl = await findBaseUrl(pools, endpoint);
      if (baseUrl === undefined) return { code, message, fix };
      return { code, message, fix: `${fix} An API answers at ${baseUrl}.`, foundUrl: baseUrl };
    }
    if (code !== 'unknown-model') return { code, message, fix };
    const names = (await listOf(endpoint)) ?? [];
    if (names.length === 0) return { code, message, fix };
    const listed = `${didYouMean(upstreamName, names)} It has ${shownNames(names)}.`;
    return { code, message, fix: `${fix}${listed}`, names: names.slice(0, LISTED_MAX) };
  }

  /** Asks again with what the call before has taught, such as room for thinking. */
  async function call(given: Route): Promise<CallFacts> {
    let route = given;
    const [model] = route.models;
    for (;;) {
      const before = corrections.of(model);
      const facts = await callOnce(gateway, route, callMs);
      const { opensInThinking, thinkingTokens } = corrections.of(model);
      if (facts.shortened && route === given) route = { ...given, maxTokens: given.maxTokens + MORE_TOKENS };
      else if (opensInThinking !== before.opensInThinking) route = given;
      else if (facts.failure?.code !== 'only-thinking' || thinkingTokens === before.thinkingTokens) {
        const thinks = facts.thinks === true || thinkingTokens !== undefined || opensInThinking === true;
        return { ...facts, ...(facts.failure === undefined ? { thinks } : {}) };
      }
    }
  }

  /** The first call also connects, and may load the model. Visitors' calls find both done. */
  async function callWarm(route: Route): Promise<CallFacts> {
    const first = await call(route);
    if (first.ttftMs === undefined || first.ttftMs <= INTERACTIVE_TTFT_LIMIT_MS) return first;
    const second = await call(route);
    return second.ttftMs !== undefined && second.ttftMs < first.ttftMs ? second : first;
  }

  return {
    async check({ model, region, tiers, maxTokens }) {
      const { id: modelId, upstreamName, endpoint, price } = model;
      const [names, facts] = await Promise.all([
        listOf(endpoint),
        callWarm({ tier: tiers[0] ?? 'fast', region, models: [model], maxTokens, why: 'a check' }),
      ]);
      const { failure, shortened: _, ...measured } = facts;
      return {
        modelId,
        upstreamName,
        endpointId: endpoint.id,
        address: pools.of(endpoint).address,
        tiers: [...tiers],
        reachable: failure === undefined || !NEVER_REACHED.includes(failure.code),
        ...(names === undefined ? {} : { listed: names.includes(upstreamName) }),
        ...measured,
        price:
          price.outputUsdPerMillion === undefined
            ? 'unknown'
            : price.inputUsdPerMillion === undefined
              ? 'output-only'
              : 'full',
        refusedFields: [...corrections.of(model).refusedFields],
        ...(failure === undefined ? {} : { fault: await faultOf(failure, model) }),
        ...concernsOf(measured, tiers),
      };
    },
    async close() {
      await gateway.close();
      await pools.close();
    },
  };
}

async function callOnce(gateway: Gateway, route: Route, callMs: number): Promise<CallFacts> {
  const request = { route, purpose: 'probe', owner: { siteId: 'probe' }, messages: MESSAGES } as const;
  const timeout = AbortSignal.timeout(callMs);
  let ttftMs: number | undefined;
  let firstAt = 0;
  let text = '';
  try {
    for await (const event of gateway.stream(request, timeout)) {
      if (event.type === 'model') {
        ttftMs = Math.round(event.ttftMs);
        firstAt = performance.now();
      }
      if (event.type === 'text') text += event.text;
      if (event.type === 'retract') text = '';
      if (event.type !== 'end') continue;
      const { completionTokens, estimated } = event.usage;
      const seconds = (performance.now() - firstAt) / 1000;
      return {
        ...(ttftMs === undefined ? {} : { ttftMs }),
        ...(completionTokens > 1 && seconds > 0
          ? { tokensPerSecond: Math.round((completionTokens - 1) / seconds) }
          : {}),
        ...(event.finish === 'shortened' ? { shortened: true } : {}),
        usageReported: !estimated,
        thinks: !estimated && completionTokens > estimateTokens(text) * TOKENS_RATIO + TOKENS_SLACK,
      };
    }
    return {};
  } catch (error) {
    if (timeout.aborted)
      return { failure: { code: 'headers-timeout', message: `no whole answer within ${callMs / 1000} s` } };
    if (error instanceof GatewayError) return { failure: { code: error.code, message: plainMessage(error) } };
    throw error;
  }
}

/** Without the model's id, which is shown next to it. */
function plainMessage({ message, modelId }: GatewayError): string {
  return modelId !== undefined && message.startsWith(`${modelId}: `) ? message.slice(modelId.length + 2) : message;
}

function concernsOf(
  { ttftMs, usageReported, thinks }: CallFacts,
  tiers: readonly Tier[],
): Pick<ModelCheck, 'concerns' | 'warnings'> {
  const isInteractive = tiers.some((tier) => tier !== 'quality');
  const found: Readonly<Record<CheckConcern, string | false>> = {
    slow:
      ttftMs !== undefined &&
      isInteractive &&
      ttftMs > INTERACTIVE_TTFT_LIMIT_MS &&
      `The first token took ${ttftMs} ms; visitors wait longer than ${INTERACTIVE_TTFT_LIMIT_MS} ms.`,
    thinks:
      thinks === true &&
      isInteractive &&
      'It thinks before it answers, and visitors wait for that. Switch it off by "request" under "models".',
    'no-usage': usageReported === false && 'The endpoint reports no token usage, so costs are estimates.',
  };
  const concerns = keysOf(found).filter((concern) => found[concern] !== false);
  return { concerns, warnings: concerns.map((concern) => found[concern] || concern) };
}

function shownNames(names: readonly string[]): string {
  const more = names.length - LISTED_MAX;
  return more > 0 ? `${names.slice(0, LISTED_MAX).join(', ')} and ${more} more` : names.join(', ');
}
