/**
 * One turn, start to end: the question is searched, sorted and answered at the same moment, and the answer is let
 * through when the verdict allows it. Every turn that starts ends in exactly one state.
 */
import { setTimeout } from 'node:timers/promises';
import type { Region } from '@firstword/shared/catalog';
import type { Message, TurnEvent } from '@firstword/shared/wire';
import type { CallOwner, ChatEvent, Finish, Gateway } from '../gateway/chat-call.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Log } from '../lib/log.ts';
import type { Route } from '../routing/route.ts';
import type { Router } from '../routing/router.ts';
import { RoutingError } from '../routing/routing-error.ts';
import type { ConversationStore, EndOutcome } from '../store/conversation-store.ts';
import type { Triage } from '../triage/triage.ts';
import type { Verdict } from '../triage/verdict.ts';
import type { AnswerCache } from './answer-cache.ts';
import { citedSources } from './citations.ts';
import { createDeltaWriter } from './delta-writer.ts';
import { holdForVerdict } from './gate.ts';
import type { LiveTurn, TurnBreak } from './live-turns.ts';
import { buildAnswerPrompt, PROMPT_VERSION, type Source, toSources } from './prompt.ts';
import { speculate } from './speculation.ts';
import { conversationTexts } from './texts.ts';

/** `speculative` answers while it sorts; `sequential` sorts first, which is cheaper and slower. */
export type RoutingMode = 'speculative' | 'sequential';

/** What a turn needs to know of the site it speaks for. */
export interface TurnSite {
  readonly id: string;
  readonly name: string;
  readonly allowedRegions?: readonly Region[] | undefined;
}

export interface TurnRequest {
  readonly live: LiveTurn;
  readonly site: TurnSite;
  readonly text: string;
  readonly locale: string | undefined;
  readonly region: Region;
  /** `performance.now()` at the receipt of the send: what the hold's cap is counted from. */
  readonly receivedAt: number;
  /** A first answer for a visitor whom the site has not identified; only such a one may come from the cache. */
  readonly mayBeCached: boolean;
}

/** What a turn yields: the wire's events, and the stored answer before its `turn-end`. */
export type TurnOutput = TurnEvent | { readonly type: 'message'; readonly message: Message };

export interface TurnParts {
  readonly gateway: Gateway;
  readonly triage: Triage;
  readonly router: Router;
  readonly knowledge: Knowledge;
  readonly store: ConversationStore;
  readonly cache: AnswerCache;
  readonly log: Log;
}

export interface TurnSettings {
  readonly mode: RoutingMode;
  /** Longest hold of a speculative answer, in milliseconds after the send. */
  readonly holdCapMs: number;
  /** Renewal of the turn's lease while it is silent. */
  readonly renewMs: number;
  /** Half-second tries to store a turn's end. */
  readonly endAttempts: number;
}

const PASSAGES = 4;
const HISTORY_MESSAGES = 12;
/** One screen refresh at 25 Hz: the replay log lags the live text by at most this. */
const COALESCE_MS = 40;
/** From here on a question counts as simple; in sequential mode the instant tier then answers it. */
const SIMPLE_CONFIDENCE = 0.8;

/** `route` comes once, before the answer: why which model was chosen. */
type AnswerEvent = ChatEvent | { readonly type: 'route'; readonly why: string };

/** How a turn came out, before it is stored. */
interface Result {
  readonly state: 'done' | 'stopped' | 'interrupted' | 'failed';
  readonly code?: string;
  readonly retryable?: boolean;
  readonly shortened?: boolean;
  /** Stands instead of what was streamed. */
  readonly replacement?: string;
}

export function createTurnRunner(parts: TurnParts, settings: TurnSettings) {
  const { gateway, triage, router, knowledge, store, cache, log } = parts;

  return async function* run(request: TurnRequest): AsyncGenerator<TurnOutput> {
    const { live, text } = request;
    const { turnId, messageSeq } = live;
    yield { type: 'turn-start', turnId, messageSeq };
    const writer = createDeltaWriter(store, live, {
      coalesceMs: COALESCE_MS,
      renewMs: settings.renewMs,
      onEndedElsewhere: () => live.end('stopped'),
    });
    const sources = toSources(knowledge.search(text, PASSAGES));
    let said = '';
    let why = '';
    let result: Result;
    try {
      let finish: Finish | undefined;
      for await (const event of answer(request, sources)) {
        if (event.type === 'route') why = event.why;
        if (event.type === 'model') why = `${why}; ${event.modelId} spoke first, after ${Math.round(event.ttftMs)} ms`;
        if (event.type === 'end') finish = event.finish;
        if (event.type !== 'text') continue;
        said += event.text;
        const delta = { n: live.deltas.length + 1, text: event.text };
        live.deltas.push(delta);
        writer.push(delta);
        yield { type: 'text-delta', turnId, ...delta };
      }
      result = fromFinish(finish, request.locale);
    } catch (error) {
      result = live.signal.aborted ? fromBreak(live.signal.reason) : fromFault(error, said !== '', request.locale);
      if (!live.signal.aborted) log.warn({ turnId, reason: String(error) }, 'turn ended early');
      if (!isRefusal(error) && !live.signal.aborted)
        log.error({ turnId, reason: error instanceof Error ? error.stack : String(error) }, 'turn failed');
    }
    await writer.close();
    const message = toMessage(live, result.replacement ?? said, result, sources);
    const outcome = await endDurably(live, { state: result.state, why, ...(message ? { message } : {}) });
    live.finish();
    if (outcome !== undefined) yield* endEvents(turnId, outcome, result, message);
    // Redis stayed away: the visitor still sees an end, and a sweep stores it from the log when Redis is back.
    else yield { type: 'turn-end', turnId, state: 'interrupted', code: 'unavailable', retryable: true };
  };

  /** `endTurn` has one effect however often it is sent, so it is sent until Redis answers or patience ends. */
  async function endDurably(
    { conversationId, turnId }: LiveTurn,
    end: Parameters<ConversationStore['endTurn']>[2],
  ): Promise<EndOutcome | undefined> {
    for (let attempt = 1; attempt <= settings.endAttempts; attempt++) {
      try {
        return await store.endTurn(conversationId, turnId, end);
      } catch (error) {
        log.warn({ turnId, attempt, reason: String(error) }, 'turn end not stored yet');
        await setTimeout(500);
      }
    }
    return undefined;
  }

  /** The answer's events, held until the verdict or the cap. */
  async function* answer(request: TurnRequest, sources: readonly Source[]): AsyncGenerator<AnswerEvent> {
    const { live, site, text, region, locale } = request;
    const owner: CallOwner = { siteId: site.id, conversationId: live.conversationId, turnId: live.turnId };
    const routeTo = (taskType: string) => router({ taskType, region, allowedRegions: site.allowedRegions });
    const versions = { knowledgeVersion: knowledge.version, promptVersion: PROMPT_VERSION };
    const chatRoute = routeTo('chat');
    const cacheKey =
      request.mayBeCached && live.messageSeq === 1
        ? cache.keyOf({ siteId: site.id, locale, ...versions, route: chatRoute, text })
        : undefined;
    const known = cacheKey && cache.find(cacheKey);
    if (known) {
      yield { type: 'route', why: 'answer cache: this question was answered before' };
      yield { type: 'text', text: known };
      return yield { type: 'end', finish: 'complete', usage: NOTHING_USED };
    }
    const history =
      live.messageSeq > 1 ? await store.readBefore(live.conversationId, live.messageSeq, HISTORY_MESSAGES) : [];
    const before = history.findLast(({ from }) => from === 'assistant')?.text;
    const judgement = triage({
      text,
      ...(before === undefined ? {} : { before }),
      route: routeTo('classification'),
      owner,
      signal: live.signal,
    });
    const isSimple = settings.mode === 'sequential' && isSimpleQuestion(await judgement.verdict);
    const route: Route = isSimple
      ? { ...routeTo('classification'), maxTokens: chatRoute.maxTokens } // its own limit is one label long
      : chatRoute;
    yield { type: 'route', why: route.why };
    const messages = buildAnswerPrompt({ siteName: site.name, history, sources, text });
    const ask = (signal: AbortSignal) => gateway.stream({ route, purpose: 'answer', owner, messages }, signal);
    const speculation = speculate(
      (signal) => (cacheKey === undefined ? ask(signal) : cache.share(cacheKey, ask, signal)),
      live.signal,
    );
    let said = '';
    try {
      if (settings.mode === 'speculative')
        await holdForVerdict(judgement.handling, settings.holdCapMs - (performance.now() - request.receivedAt));
      for await (const event of speculation.take()) {
        if (event.type === 'text') said += event.text;
        const isWhole = event.type === 'end' && event.finish === 'complete';
        // Asked for only when the answer is there, and the verdict long since.
        if (isWhole && cacheKey && (await judgement.handling) === 'answer') cache.keep(cacheKey, said);
        yield event;
      }
    } finally {
      speculation.drop();
    }
  }
}

export type TurnRunner = ReturnType<typeof createTurnRunner>;

const NOTHING_USED = { promptTokens: 0, completionTokens: 0, estimated: false } as const;

/** Small talk, or a question that triage is sure the articles answer. */
function isSimpleQuestion(verdict: Verdict | undefined): boolean {
  if (verdict?.handling === 'smalltalk') return true;
  return verdict?.handling === 'answer' && (verdict.confidence ?? 0) >= SIMPLE_CONFIDENCE;
}

/** An outcome that has a code; anything else is a bug. */
const isRefusal = (error: unknown) => error instanceof GatewayError || error instanceof RoutingError;

function fromFinish(finish: Finish | undefined, locale: string | undefined): Result {
  if (finish === 'filtered')
    return { state: 'done', code: 'filtered', replacement: conversationTexts(locale).answerFiltered };
  return finish === 'shortened' ? { state: 'done', shortened: true } : { state: 'done' };
}

function fromBreak(reason: TurnBreak): Result {
  if (reason === 'shutdown') return { state: 'interrupted', code: 'shutdown', retryable: true };
  return reason === 'stopped' ? { state: 'stopped' } : { state: 'stopped', code: reason };
}

function fromFault(error: unknown, visible: boolean, locale: string | undefined): Result {
  const code = error instanceof GatewayError || error instanceof RoutingError ? error.code : 'unavailable';
  if (visible) return { state: 'interrupted', code, retryable: true };
  return { state: 'failed', code, retryable: true, replacement: conversationTexts(locale).answerFailed };
}

/** The answer as it will be stored; none when nothing was said. */
function toMessage(
  { turnId }: LiveTurn,
  text: string,
  { state }: Result,
  sources: readonly Source[],
): Omit<Message, 'seq'> | undefined {
  if (text === '') return undefined;
  const citations = citedSources(text, sources);
  const message = { id: turnId, from: 'assistant' as const, text, at: Date.now(), turnId, state };
  return citations.length > 0 ? { ...message, citations } : message;
}

function* endEvents(
  turnId: string,
  outcome: EndOutcome,
  { code, retryable, shortened }: Result,
  message: Omit<Message, 'seq'> | undefined,
): Generator<TurnOutput> {
  if (outcome.kind === 'alive' || outcome.kind === 'unknown') return;
  const { kind, state, seq } = outcome;
  if (kind === 'done' && message && seq !== undefined) yield { type: 'message', message: { ...message, seq } };
  yield {
    type: 'turn-end',
    turnId,
    state,
    ...(seq === undefined ? {} : { seq }),
    ...(code === undefined ? {} : { code }),
    ...(retryable ? { retryable } : {}),
    ...(shortened ? { shortened } : {}),
  };
}
