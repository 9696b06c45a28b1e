/**
 * Answers a stored question again, with a model that an agent has chosen, as a turn would. Nothing of it is stored but its
 * calls in the ledger: it has no viewers, no turn, no ticket and no place in the answer cache.
 */
import type { Region } from '@firstword/shared/catalog';
import type { Guidance } from '@firstword/shared/guidance';
import type { Message } from '@firstword/shared/wire';
import type { Gateway } from '../gateway/chat-call.ts';
import type { Budgets } from '../ledger/budgets.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ModelRouter } from '../routing/model-route.ts';
import type { Route } from '../routing/route.ts';
import { RoutingError, type RoutingFailure } from '../routing/routing-error.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { WindowCounts } from '../store/window-counts.ts';
import type { Triage } from '../triage/triage.ts';
import { type AnswerParts, createAnswer } from './answer.ts';
import { createAnswerCache } from './answer-cache.ts';
import { withCitedLinks } from './answer-links.ts';
import { findAnswerSources, otherLanguageOf } from './answer-sources.ts';
import { createAnswerCheck } from './check-answer.ts';
import { type AnswerGuidance, prepareGuidance } from './guidance.ts';
import { createRecordedGateway } from './recorded-gateway.ts';
import { type ShownStep, showAnswer, type WholeAnswer } from './shown-answer.ts';
import type { TurnSite } from './turn-request.ts';
import { isRefusal } from './turn-result.ts';

export interface ReplayQuestion {
  readonly siteId: string;
  readonly agentId: string;
  readonly modelId: string;
  readonly text: string;
  /** Earlier messages, oldest first. */
  readonly history: readonly Message[];
  readonly locale: string | undefined;
  /** Where the visitor was; absent if that is unknown. */
  readonly region: Region | undefined;
  /** In place of the site's. */
  readonly guidance: Guidance | undefined;
}

/** Why no model is asked. `busy`: with other replays. `too-many`: by this agent in this hour. `spent`, `stopped`: by a budget. */
export type ReplayRefusal = RoutingFailure | 'unknown-model' | 'busy' | 'too-many' | 'spent' | 'stopped';

type ReplayCall = ReturnType<Ledger['record']>;
/** The last step is `answer` or `failed`, with the calls that have ended. */
export type ReplayStep =
  | ShownStep
  | { readonly answer: Omit<WholeAnswer, 'knowledge' | 'sources'>; readonly calls: readonly ReplayCall[] }
  | { readonly failed: string; readonly calls: readonly ReplayCall[] };

export type AnswerReplay = (
  question: ReplayQuestion,
  signal: AbortSignal,
) => Promise<AsyncGenerator<ReplayStep, void> | ReplayRefusal>;

export interface AnswerReplayParts extends Omit<AnswerParts, 'mode' | 'cache' | 'triage' | 'onRecited'> {
  readonly createTriage: (gateway: Gateway) => Triage;
  readonly routeToModel: ModelRouter;
  readonly siteOf: (siteId: string) => TurnSite | undefined;
  readonly guidanceOf: (siteId: string) => AnswerGuidance | undefined;
  readonly originsOf: (siteId: string) => readonly string[];
  readonly budgets: Pick<Budgets, 'check' | 'prepare'>;
  readonly counts: Pick<WindowCounts, 'add'>;
  readonly keys: Pick<RedisKeys, 'replayCount'>;
  readonly recordCall: Ledger['record'];
  readonly region: Region;
  readonly perAgentHour: number;
}

/** Models of the quality tier need more than a visitor would wait for. */
const REPLAY_MS = 60_000;
/** The verdict is always awaited, so that a hand-off shows. */
const HOLD_MS = REPLAY_MS;
/** Visitors come first: agents get at most this many replays at the same time from one process. */
const RUNNING_MAX = 10;
const HOUR_MS = 60 * 60 * 1000;
const PURPOSES = { answer: 'replay', triage: 'replay-triage' } as const;

export function createAnswerReplay(parts: AnswerReplayParts): AnswerReplay {
  const { knowledgeOf, budgets, counts, keys, perAgentHour } = parts;
  const check = createAnswerCheck();
  let running = 0;

  async function* run(question: ReplayQuestion, site: TurnSite, chosen: Route, signal: AbortSignal) {
    const calls: ReplayCall[] = [];
    const gateway = createRecordedGateway(parts.gateway, PURPOSES, (row) => void calls.push(parts.recordCall(row)));
    const answer = createAnswer({
      ...parts,
      gateway,
      triage: parts.createTriage(gateway),
      router: (asked) => (asked.taskType === 'chat' ? chosen : parts.router(asked)),
      cache: createAnswerCache({ ttlMs: 0, entries: 1 }), // the answer of another model is not the site's
      mode: 'speculative',
      onRecited: () => {},
    });
    const { text, history, locale } = question;
    const knowledge = knowledgeOf(site.id);
    const guidance =
      question.guidance === undefined ? parts.guidanceOf(site.id) : prepareGuidance('replay', question.guidance);
    const { sources, coverage } = findAnswerSources(knowledge, guidance, { text, history, locale });
    const ending = AbortSignal.any([signal, AbortSignal.timeout(REPLAY_MS)]);
    const events = answer({
      owner: { siteId: site.id },
      ...{ site, text, locale, history, sources, coverage, guidance },
      region: question.region ?? parts.region,
      otherLanguage: otherLanguageOf(knowledge, guidance, { text }),
      tickets: { within: (decision) => decision, minutesUntilNext: () => 0 },
      bestPassageScore: 0,
      otherArticleScore: 0,
      cacheable: false,
      budget: 'ok',
      holdMs: () => HOLD_MS,
      signal: ending,
    });
    running += 1;
    try {
      const whole = yield* showAnswer(events, { sources, coverage, knowledge, locale }, check);
      const { sources: read, knowledge: _, ...shown } = whole;
      yield { answer: { ...shown, text: withCitedLinks(whole, read, parts.originsOf(site.id)) }, calls };
    } catch (error) {
      if (!isRefusal(error) && !ending.aborted) throw error;
      yield { failed: isRefusal(error) ? error.code : 'timed-out', calls };
    } finally {
      running -= 1;
      await events.return();
    }
  }

  /** A route to the model, or why there is none. */
  const chooseRoute = ({ modelId, region = parts.region }: ReplayQuestion, { allowedRegions }: TurnSite) => {
    try {
      return parts.routeToModel({ modelId, region, allowedRegions }) ?? 'unknown-model';
    } catch (error) {
      if (error instanceof RoutingError) return error.code;
      throw error;
    }
  };

  return async (question, signal) => {
    const { siteId, agentId } = question;
    const site = parts.siteOf(siteId);
    if (site === undefined) return 'stopped'; // archived meanwhile
    const route = chooseRoute(question, site);
    if (typeof route === 'string') return route;
    if (running >= RUNNING_MAX) return 'busy';
    const spender = { siteId, conversationId: `replay ${agentId}`, visitorId: `replay ${agentId}` };
    await budgets.prepare(spender);
    const verdict = budgets.check(spender);
    if (verdict === 'stopped') return 'stopped';
    if (verdict !== 'ok') return 'spent'; // what is left is for visitors
    const hour = Math.floor(Date.now() / HOUR_MS);
    const count = await counts.add(keys.replayCount(agentId, hour), 1, HOUR_MS);
    return count > perAgentHour ? 'too-many' : run(question, site, route, signal);
  };
}
