/** Writes the analysis of a ticket: reads the conversation, asks the quality tier, checks its words, stores one result. */
import { setTimeout as pause } from 'node:timers/promises';
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { Message } from '@firstword/shared/wire';
import type { Gateway } from '../gateway/chat-call.ts';
import { type FailureCode, GatewayError } from '../gateway/gateway-error.ts';
import type { FoundPassage, Knowledge } from '../knowledge/knowledge.ts';
import type { Log } from '../lib/log.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { AnalysisRuns, BegunRun, RunResult } from '../tickets/run-types.ts';
import { addSpending, createAskModel, type ModelAnswer, type OnSpent, type Route, type Spending } from './ask-model.ts';
import type { DailyBudget } from './daily-budget.ts';
import { digestConversation } from './digest.ts';
import { buildDocument } from './document.ts';
import { createMask, type Mask } from './mask.ts';
import { ANALYSIS_PROMPT_VERSION, buildAnalysisPrompt, unescapeMarkup } from './prompt.ts';
import { findQuote } from './quotes.ts';

export interface AnalystParts {
  readonly gateway: Gateway;
  readonly knowledgeOf: (siteId: string) => Pick<Knowledge, 'search' | 'version'>;
  readonly tickets: Pick<AnalysisRuns, 'beginRun' | 'commitRun' | 'runs'>;
  readonly conversations: Pick<ConversationStore, 'readAfter'>;
  readonly budget: DailyBudget;
  /** Whether no model may be asked for this site now. */
  readonly isStopped: (siteId: string) => boolean;
  readonly log: Log;
  /** The quality tier's chain, with the model that an agent asked for in front. */
  readonly routeFor: (siteId: string, modelId: string | undefined) => Route;
  /** For what must be right at any price: legal and compliance matters. */
  readonly premiumRouteFor?: (siteId: string) => Route;
  /** Whether a site's personal data stays away from models. */
  readonly masks: (siteId: string) => boolean;
  readonly settings?: Partial<AnalystSettings>;
  readonly now?: () => number;
}

export interface AnalystSettings {
  /** Tokens for the conversation in the prompt. */
  readonly conversationTokens: number;
  /** From the first request to the last word of an analysis. */
  readonly analysisMs: number;
  /** How long a finished result is offered to a Redis that is away. */
  readonly commitMs: number;
}

type WorkOutcome =
  /** Stored, or another beginning of the same run took over, or nothing was left to do. */
  | { readonly kind: 'settled' }
  /** Ended as failed, where people see it. */
  | { readonly kind: 'failed'; readonly problem: string };

/**
 * Works one run to its end.
 * @param last no further try follows: whatever goes wrong now is the run's result
 * @throws what went wrong, when a further try may go better
 */
export type Analyst = (runId: string, last: boolean, signal: AbortSignal) => Promise<WorkOutcome>;

const SETTINGS: AnalystSettings = { conversationTokens: 4000, analysisMs: 120_000, commitMs: 30_000 };
const MESSAGES_MAX = 1000;
const QUESTIONS = 8;
const PASSAGES_PER_QUESTION = 3;
const PASSAGES = 6;
const RETRY_COMMIT_MS = 500;
const LEGAL = /legal|law|complian|gdpr|privacy|court/i;
/** Failures of the endpoint's set-up: trying again in seconds cannot help. */
const HOPELESS: ReadonlySet<FailureCode> = new Set([
  'unauthorized',
  'bad-request',
  'no-model',
  'tls-failed',
  'redirected',
] satisfies FailureCode[]);

export function createAnalyst(parts: AnalystParts): Analyst {
  const {
    gateway,
    knowledgeOf,
    tickets,
    conversations,
    budget,
    log,
    routeFor,
    premiumRouteFor,
    masks,
    now = Date.now,
  } = parts;
  const settings = { ...SETTINGS, ...parts.settings };
  const askModel = createAskModel(gateway);

  const chooseRoute = ({ ticket, verdict, modelId }: BegunRun): Route => {
    const legal = ticket.reason === 'legal' || LEGAL.test(verdict?.topic ?? '');
    return modelId === undefined && legal && premiumRouteFor !== undefined
      ? premiumRouteFor(ticket.siteId)
      : routeFor(ticket.siteId, modelId);
  };

  const analyse = async (
    begun: BegunRun,
    signal: AbortSignal,
    onSpent: OnSpent,
    onFirstToken: (ttftMs: number) => void,
  ): Promise<RunResult> => {
    const { ticket, run, verdict } = begun;
    const messages = await conversations.readAfter(ticket.conversationId, 0, MESSAGES_MAX);
    const knowledge = knowledgeOf(ticket.siteId);
    const passages = findPassages(knowledge, messages);
    const mask = createMask();
    const masked = masks(ticket.siteId);
    const hidden = messages.map((message) => ({ ...message, text: mask.hide(message.text) }));
    const feedback = await feedbackFor(run);
    const digest = digestConversation(
      masked ? hidden : messages,
      (text) => passages.some((passage) => findQuote(text, passage.text) !== undefined),
      settings.conversationTokens,
    );
    const prompt = buildAnalysisPrompt({
      ticket,
      verdict,
      digest,
      passages,
      feedback: feedback && masked ? mask.hide(feedback) : feedback,
    });
    const route = chooseRoute(begun);
    const owner = { siteId: ticket.siteId, conversationId: ticket.conversationId, ticketId: ticket.id };
    const answer = await askModel({ prompt, route, owner, onSpent }, signal);
    onFirstToken(answer.ttftMs);
    const read = restored(answer, masked ? mask : undefined);
    const content = buildDocument(read.parts, read.dropped, {
      ticket,
      messages,
      passages,
      personalData: mask.found() > 0,
      masked: masked && mask.found() > 0,
    });
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
        problem: 'The model’s answer could not be read, also not at the second try.',
        provenance,
      };
    const problem = problemOf(answer, content.dropped);
    if (problem === undefined) return { state: 'completed', content, provenance };
    return { state: 'partial', problem, content, provenance };
  };

  /** What reviewers held against the last version. */
  const feedbackFor = async ({ ticketId, number }: AnalysisRun) => {
    const last = (await tickets.runs(ticketId)).find((run) => run.number < number && run.review.verdict === 'rejected');
    return last && [last.review.reason, last.review.note].filter(Boolean).join(': ');
  };

  /** A commit has one effect however often it is sent, so it is sent until Redis answers or patience ends. */
  const commit = async ({ run, fencingToken }: BegunRun, result: RunResult) => {
    for (const end = now() + settings.commitMs; ; ) {
      try {
        return await tickets.commitRun(run.id, fencingToken, result);
      } catch (error) {
        if (now() > end) throw error;
        log.warn({ runId: run.id, reason: String(error) }, 'analysis not stored yet');
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
    let ttftMs: number | undefined;
    const finish = async (result: RunResult): Promise<WorkOutcome> => {
      await budget.book(ticket.siteId, limitUsd).catch((error: unknown) => {
        log.warn({ runId, reason: String(error) }, 'the cost of an analysis is missing from its site’s budget');
      });
      const timing = {
        queuedMs: Math.max(0, startedAt - run.createdAt),
        totalMs: now() - startedAt,
        ...(ttftMs === undefined ? {} : { ttftMs }),
      };
      const stored = await commit(begun, { ...result, timing, ...(spent === undefined ? {} : { usage: spent }) });
      if (stored === 'refused') log.info({ runId }, 'an overtaken analysis was not stored');
      return result.state === 'failed' && stored === 'stored'
        ? { kind: 'failed', problem: result.problem ?? 'The analysis failed.' }
        : { kind: 'settled' };
    };

    if (parts.isStopped(ticket.siteId))
      return finish({
        state: 'failed',
        problem: 'Model calls of this site are stopped. Run it again when they are resumed.',
      });
    if (await budget.spent(ticket.siteId))
      return finish({ state: 'failed', problem: 'Over budget: today’s limit for analyses is used up.' });
    let result: RunResult;
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(settings.analysisMs)]);
      result = await analyse(
        begun,
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
      const hopeless = error instanceof GatewayError && HOPELESS.has(error.code);
      log.warn({ runId, reason: String(error) }, 'analysis went wrong');
      if (!last && !hopeless) throw error;
      result = { state: 'failed', problem: problemOfError(error) };
    }
    return finish(result);
  };
}

/** Passages for what the visitor said first and last, the best of all questions first. */
function findPassages(knowledge: Pick<Knowledge, 'search'>, messages: readonly Message[]): FoundPassage[] {
  const asked = messages.filter(({ from }) => from === 'visitor');
  const questions = [...asked.slice(0, 1), ...asked.slice(1).slice(-(QUESTIONS - 1))];
  const best = new Map<string, FoundPassage>();
  for (const { text } of questions)
    for (const passage of knowledge.search(text, PASSAGES_PER_QUESTION)) {
      const known = best.get(passage.id);
      if (known === undefined || known.score < passage.score) best.set(passage.id, passage);
    }
  return [...best.values()].sort((one, other) => other.score - one.score).slice(0, PASSAGES);
}

/** What the model wrote, with the visitor's own data back in it and without the prompt's escapes. */
function restored({ parts, dropped }: ModelAnswer, mask: Mask | undefined): Pick<ModelAnswer, 'parts' | 'dropped'> {
  const reveal = (value: string) => mask?.reveal(value) ?? value;
  const text = JSON.stringify(parts, (_, value: unknown) =>
    typeof value === 'string' ? reveal(unescapeMarkup(value)) : value,
  );
  return { parts: JSON.parse(text), dropped };
}

/** Why an analysis is only partial; undefined when it is whole. Single dropped items do not make it partial. */
function problemOf({ cut }: ModelAnswer, dropped: readonly string[]): string | undefined {
  if (cut) return 'The model was cut off: its last parts are missing.';
  const missing = dropped.filter((name) => /^[a-z]+$/i.test(name));
  return missing.length === 0 ? undefined : `These parts could not be used: ${missing.join(', ')}.`;
}

function problemOfError(error: unknown): string {
  if (error instanceof GatewayError) return `No model answered (${error.code}).`;
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'The analysis took too long.';
  return 'The analysis ended with an unexpected error.';
}
