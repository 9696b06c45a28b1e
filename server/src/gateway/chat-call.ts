/** The gateway's interface: requests, events and ledger rows of model calls. */
import type { Region, Tier } from '@firstword/shared/catalog';
import type { Route } from '../routing/route.ts';
import type { RequestCount } from './request-count.ts';

export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What a call is for, as recorded in the ledger. */
export type Purpose =
  | 'answer'
  | 'triage'
  | 'analysis'
  | 'proposal'
  | 'writing'
  | 'replay'
  | 'replay-triage'
  | 'evaluation'
  | 'evaluation-triage'
  | 'router'
  | 'benchmark'
  | 'probe'
  | 'warm-up';

/** What a call belongs to; copied to its ledger row, except for the address. */
export interface CallOwner {
  readonly siteId: string;
  readonly conversationId?: string;
  readonly visitorId?: string;
  /** Where the visitor connects from: counted by budgets, in no ledger row. */
  readonly address?: string | undefined;
  readonly turnId?: string;
  readonly ticketId?: string;
}

export interface ChatRequest {
  readonly route: Route;
  readonly purpose: Purpose;
  readonly owner: CallOwner;
  readonly messages: readonly PromptMessage[];
  /** Asks the endpoint for a JSON object (`response_format`). */
  readonly json?: boolean;
  /** Receives the ledger rows of this request's calls instead of the gateway's `onCall`. Must not throw. */
  readonly record?: (row: CallRow) => void;
  /** Shared by the calls of one turn, whose requests are limited together. */
  readonly requests?: RequestCount;
  /** How many different values of the messages are masked; noted in the ledger. */
  readonly masked?: number;
}

/** Tokens of one call; `estimated` when the endpoint did not report them. */
export interface TokenUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompt's tokens: read from the endpoint's prompt cache. */
  readonly cachedTokens?: number;
  readonly estimated: boolean;
}

/** `shortened`: the model hit its token limit. `filtered`: the endpoint's content filter ended the answer. */
export type Finish = 'complete' | 'shortened' | 'filtered';

/**
 * Exactly one `end` closes every stream that does not throw; a stream that throws (`GatewayError`) has no `end`.
 * `model` comes before the first `text`, once a model's first content token has arrived. `retract`: the text so far was
 * the model's thinking and belongs to no answer.
 */
export type ChatEvent =
  | { readonly type: 'model'; readonly modelId: string; readonly ttftMs: number }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'retract' }
  | { readonly type: 'end'; readonly finish: Finish; readonly usage: TokenUsage };

export type CallOutcome = 'done' | 'failed' | 'aborted';

/** The first request of a call, a retry after a failure, or a hedge. */
export type CallRole = 'first' | 'retry' | 'hedge';

/** One row per request sent upstream, whatever its outcome. */
export interface CallRow {
  readonly callId: string;
  readonly purpose: Purpose;
  readonly role: CallRole;
  readonly owner: CallOwner;
  readonly tier: Tier;
  readonly region: Region;
  readonly modelId: string;
  readonly endpointId: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Request sent → first content token; absent when none came. */
  readonly ttftMs?: number;
  readonly totalMs: number;
  readonly usage: TokenUsage;
  readonly outcome: CallOutcome;
  /** The failure's code, when the outcome is `failed`. */
  readonly code?: string;
  /**
   * Why it was aborted, when the outcome is `aborted`: `hedge-lost`, `speculation-dropped`, `typing-dropped`, what ended the turn
   * (`stopped`, `superseded`, …), or `left` when no reason was given.
   */
  readonly reason?: string;
  /** The route's reason for its order of models. */
  readonly why: string;
  /** How many different values the model did not see; absent for none. */
  readonly masked?: number;
  /** US dollars; absent when a price is unknown. */
  readonly costUsd?: number;
}

/** `stream` throws `GatewayError`; aborting the signal ends upstream and throws its reason. */
export interface Gateway {
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent>;
  close(): Promise<void>;
}
