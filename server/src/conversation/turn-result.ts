/** How a turn came out: from what ended it, to the message that is stored and what viewers hear. Pure but for the clock. */
import type { Message, ResponderChange, TurnEvent } from '@firstword/shared/wire';
import type { Finish } from '../gateway/chat-call.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import { RoutingError } from '../routing/routing-error.ts';
import type { EndOutcome } from '../store/conversation-store.ts';
import { citedSources } from './citations.ts';
import { conversationTexts } from './conversation-texts.ts';
import type { TurnBreak } from './live-turns.ts';
import type { Source } from './prompt.ts';
import type { TurnEndCode } from './turn-end-code.ts';

/** What a turn yields: the wire's events, and the stored answer before its `turn-end`. */
export type TurnOutput =
  | TurnEvent
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'responder'; readonly change: ResponderChange };

/** Before it is stored. */
export interface TurnResult {
  readonly state: 'done' | 'stopped' | 'interrupted' | 'failed';
  readonly code?: TurnEndCode;
  readonly retryable?: boolean;
  readonly shortened?: boolean;
  /** Stands instead of what was streamed. */
  readonly replacement?: string;
}

/** An outcome that has a code; anything else is a bug. */
export const isRefusal = (error: unknown) => error instanceof GatewayError || error instanceof RoutingError;

/** The model came to its end. */
export function fromFinish(finish: Finish | undefined, locale: string | undefined): TurnResult {
  if (finish === 'filtered')
    return { state: 'done', code: 'filtered', replacement: conversationTexts(locale).answerFiltered };
  return finish === 'shortened' ? { state: 'done', shortened: true } : { state: 'done' };
}

/** Somebody ended the turn: the visitor, an agent, the server's own end. */
export function fromBreak(reason: TurnBreak): TurnResult {
  if (reason === 'shutdown') return { state: 'interrupted', code: 'shutdown', retryable: true };
  return reason === 'stopped' ? { state: 'stopped' } : { state: 'stopped', code: reason };
}

/** Something failed; once a word was visible the answer is never begun anew by itself. */
export function fromFault(error: unknown, visible: boolean, locale: string | undefined): TurnResult {
  const code = error instanceof GatewayError || error instanceof RoutingError ? error.code : 'unavailable';
  if (visible) return { state: 'interrupted', code, retryable: true };
  return { state: 'failed', code, retryable: true, replacement: conversationTexts(locale).answerFailed };
}

/** The answer as it will be stored; none when nothing was said. */
export function toMessage(
  turnId: string,
  text: string,
  { state }: TurnResult,
  sources: readonly Source[],
): Omit<Message, 'seq'> | undefined {
  if (text === '') return undefined;
  const citations = citedSources(text, sources);
  const message = { id: turnId, from: 'assistant' as const, text, at: Date.now(), turnId, state };
  return citations.length > 0 ? { ...message, citations } : message;
}

/** What viewers hear of a stored end; nothing when the turn goes on or is not known. */
export function* endEvents(
  turnId: string,
  outcome: EndOutcome,
  { code, retryable, shortened }: TurnResult,
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
