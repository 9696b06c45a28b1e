/** Writes the analysis of a ticket: reads the conversation, calls the quality tier, checks the answer, stores one result. */
import { setTimeout as pause } from 'node:timers/promises';
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { MaskPolicy } from '@firstword/shared/masking';
import type { Gateway } from '../gateway/chat-call.ts';
import { type FailureCode, GatewayError } from '../gateway/gateway-error.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Log } from '../lib/log.ts';
import { phrase } from '../lib/phrase.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import { problemFields } from '../tickets/run-rules.ts';
import type { AnalysisRuns, BegunRun, RunResult } from '../tickets/run-types.ts';
import { addSpending, createAskModel, type OnSpent, type Route, type Spending } from './ask-model.ts';
import { type ChosenRoute, createRouteChoice, type PremiumAnalyses } from './choose-route.ts';
import type { DailyBudget } from './daily-budget.ts';
import { type AnalysisGuidance, findPassages, findSnippets } from './find-passages.ts';
import { problemOf, problemOfError } from './problems.ts';
import { ANALYSIS_PROMPT_VERSION } from './prompt.ts';
import type { TextWork } from './text-work.ts';

export interface AnalystParts {
  readonly gateway: Gateway;
  readonly knowledgeOf: (siteId: string) => Pick<Knowledge, 'search' | 'weighWords' | 'version'>;
  readonly guidanceOf: (siteId: string) => AnalysisGuidance | undefined;
  readonly tickets: Pick<AnalysisRuns, 'beginRun' | 'commitRun' | 'postponeRun' | 'runs'>;
  readonly conversations: Pick<ConversationStore, 'readAfter'>;
  readonly budget: DailyBudget;
  /** Whether model calls of this site are stopped. */
  readonly isStopped: (siteId: string) => boolean;
  readonly log: Log;
  /** The quality tier's chain, starting with the model that an agent chose. */
  readonly routeFor: (siteId: string, modelId: string | undefined) => Route;
  readonly premium?: PremiumAnalyses;
  /** Which data of a site's visitors is masked before model calls. */
  readonly maskPolicyOf: (siteId: string) => MaskPolicy;
  readonly textWork: TextWork;
  readonly settings?: Partial<AnalystSettings>;
  readonly now?: () => number;
}

export interface AnalystSettings {
  /** Tokens for the conversation in the prompt. */
  readonly conversationTokens: number;
  /** From the first request to the end of the last answer. */
  readonly analysisMs: number;
  /** How long storing a result is retried while Redis is unavailable. */
  readonly commitMs: number;
}

type WorkOutcome =
  /** Stored or put back, or another worker started the same run, or nothing was left to do. */
  | { readonly kind: 'settled' }
  /** Stored as failed, which agents see. */
  | { readonly kind: 'failed'; readonly problem: string };

/**
 * Processes one run.
 * @param last the last attempt: an error becomes the run's result
 * @throws the error, when another attempt may succeed
 */
export type Analyst = (runId: string, last: boolean, signal: AbortSignal) => Promise<WorkOutcome>;

const SETTINGS: AnalystSettings = { conversationTokens: 4000, analysisMs: 120_000, commitMs: 30_000 };
const MESSAGES_MAX = 1000;
const RETRY_COMMIT_MS = 500;
/** Errors in the endpoint's configuration: a retry within seconds can't help. */
const PERMANENT: ReadonlySet<FailureCode> = new Set([
  'unauthorized',
  'no-credit',
  'bad-request',
  'unknown-model',
  'no-model',
  'proxy-failed',
  'tls-failed',
  'redirected',
] satisfies FailureCode[]);

/** No model can be reached, which ends by itself: an analysis waits for that instead of failing. */
const AWAY: ReadonlySet<FailureCode> = new Set([
  'connect-failed',
  'dns-failed',
  'breaker-open',
] satisfies FailureCode[]);

export function createAnalyst(parts: AnalystParts): Analyst {
  const {
    gateway,
    knowledgeOf,
    guidanceOf,
    tickets,
    conversations,
    budget,
    log,
    routeFor,
    premium,
    maskPolicyOf,
    textWork,
  } = parts;
  const { now = Date.now } = parts;
  const settings = { ...SETTINGS, ...parts.settings };
  const askModel = createAskModel(gateway, textWork);

  const chooseRoute = createRouteChoice(routeFor, premium);

  const analyse = async (
    begun: BegunRun,
    route: Route,
    signal: AbortSignal,
    onSpent: OnSpent,
    onFirstToken: (ttftMs: number) => void,
  ): Promise<RunResult> => {
    const { ticket, run, verdict } = begun;
    const messages = await conversations.readAfter(ticket.conversationId, 0, MESSAGES_MAX);
    const knowledge = knowledgeOf(ticket.siteId);
    const guidance = guidanceOf(ticket.siteId);
    const found = await findPassages(knowledge, messages);
    const passages = [...findSnippets(guidance, knowledge, messages), ...found];
    const rules = guidance?.rules ?? [];
    const feedback = await feedbackFor(run);
    const sources = { ticket, messages, passages, maskPolicy: maskPolicyOf(ticket.siteId), feedback };
    const { conversationTokens } = settings;
    const { prompt, masked } = await textWork.buildPrompt({ ...sources, verdict, rules, conversationTokens });
    const owner = { siteId: ticket.siteId, conversationId: ticket.conversationId, ticketId: ticket.id };
    const answer = await askModel({ prompt, route, owner, masked, onSpent }, signal);
    onFirstToken(answer.ttftMs);
    const { parts, dropped } = answer;
    const content = await textWork.buildDocument({ ...sources, answer: { parts, dropped } });
    const provenance = {
      tier: route.tier,
      modelId: answer.modelId,
      region: route.region,
      promptVersion: ANALYSIS_PROMPT_VERSION,
      knowledgeVersion: knowledge.version,
    };
    if (content === undefined)
      return {
        state: 'failed',
        ...problemFields(phrase`The model’s answer was not valid JSON, even after one repair attempt.`),
        provenance,
      };
    const problem = problemOf(answer, content.dropped);
    if (problem === undefined) return { state: 'completed', content, provenance };
    return { state: 'partial', ...problemFields(problem), content, provenance };
  };

  /** The reason and the note of the latest rejected run. */
  const feedbackFor = async ({ ticketId, number }: AnalysisRun) => {
    const last = (await tickets.runs(ticketId)).find((run) => run.number < number && run.review.verdict === 'rejected');
    return last && [last.review.reason, last.review.note].filter(Boolean).join(': ');
  };

  /** A commit is idempotent, so it is retried until Redis answers or the time is over. */
  const commit = async ({ run, fencingToken }: BegunRun, result: RunResult) => {
    for (const end = now() + settings.commitMs; ; ) {
      try {
        return await tickets.commitRun(run.id, fencingToken, result);
      } catch (error) {
        if (now() > end) throw error;
        log.warn({ runId: run.id, reason: String(error) }, 'storing an analysis failed; retrying');
        await pause(RETRY_COMMIT_MS);
      }
    }
  };

  return async (runId, last, signal) => {
    const begun = await tickets.beginRun(runId);
    if (begun === undefined) return { kind: 'settled' };
    const { ticket, run } = begun;
    const startedAt = now();
    let spent: Spending | undefined;
    let limitUsd = 0;
    let chosen: ChosenRoute | undefined;
    let ttftMs: number | undefined;
    const finish = async (result: RunResult): Promise<WorkOutcome> => {
      const budgets = chosen?.isPremium && premium ? [budget, premium.budget] : [budget];
      await Promise.all(budgets.map((one) => one.record(ticket.siteId, limitUsd))).catch((error: unknown) => {
        log.warn({ runId, reason: String(error) }, 'recording the cost of an analysis failed');
      });
      const timing = {
        queuedMs: Math.max(0, startedAt - run.createdAt),
        totalMs: now() - startedAt,
        ...(ttftMs === undefined ? {} : { ttftMs }),
      };
      const stored = await commit(begun, { ...result, timing, ...(spent === undefined ? {} : { usage: spent }) });
      if (stored === 'refused') log.info({ runId }, 'discarding the result of an analysis that was started again');
      return result.state === 'failed' && stored === 'stored'
        ? { kind: 'failed', problem: result.problem ?? 'The analysis failed.' }
        : { kind: 'settled' };
    };

    if (parts.isStopped(ticket.siteId))
      return finish({
        state: 'failed',
        ...problemFields(phrase`Model calls of this site are stopped. Run the analysis again when they are resumed.`),
      });
    if (await budget.isSpent(ticket.siteId))
      return finish({
        state: 'failed',
        ...problemFields(phrase`Over budget: today’s limit for analyses is reached.`),
      });
    let result: RunResult;
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(settings.analysisMs)]);
      chosen = await chooseRoute(begun);
      result = await analyse(
        begun,
        chosen.route,
        limited,
        (call, usd) => {
          spent = addSpending(spent, call);
          limitUsd += usd;
        },
        (ms) => {
          ttftMs = ms;
        },
      );
    } catch (error) {
      const code = error instanceof GatewayError ? error.code : undefined;
      if (code !== undefined && AWAY.has(code) && spent === undefined) {
        log.info({ runId, code }, 'postponing an analysis: no model can be reached');
        await tickets.postponeRun(runId, begun.fencingToken);
        return { kind: 'settled' };
      }
      const permanent = code !== undefined && PERMANENT.has(code);
      log.warn({ runId, reason: String(error) }, 'analysis failed');
      if (!last && !permanent) throw error;
      result = { state: 'failed', ...problemFields(problemOfError(error)) };
    }
    return finish(result);
  };
}
