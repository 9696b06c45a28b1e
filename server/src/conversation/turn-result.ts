/** Turns the way a turn ended into the message to store and the events for viewers. Pure except for the clock. */
import type { Message } from '@firstword/shared/wire';
import type { Finish } from '../gateway/chat-call.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import { RoutingError } from '../routing/routing-error.ts';
import type { EndOutcome } from '../store/conversation-outcomes.ts';
import type { CheckedAnswer } from './check-answer.ts';
import { conversationTexts } from './conversation-texts.ts';
import type { TurnBreak } from './live-turns.ts';
import type { ViewerEvent } from './sink.ts';
import type { TurnEndCode } from './turn-end-code.ts';

/** A turn's result, before it is stored. */
export interface TurnResult {
  readonly state: 'done' | 'stopped' | 'interrupted' | 'failed';
  readonly code?: TurnEndCode;
  readonly retryable?: boolean;
  readonly shortened?: boolean;
  /** Replaces the streamed text. */
  readonly replacement?: string;
}

/** An expected failure with a code; anything else is a bug. */
export const isRefusal = (error: unknown) => error instanceof GatewayError || error instanceof RoutingError;

/** The model finished. */
export function fromFinish(finish: Finish | undefined, locale: string | undefined): TurnResult {
  if (finish === 'filtered')
    return { state: 'done', code: 'filtered', replacement: conversationTexts(locale).answerFiltered };
  return finish === 'shortened' ? { state: 'done', shortened: true } : { state: 'done' };
}

/** The visitor, an agent or the server's shutdown ended the turn. */
export function fromBreak(reason: TurnBreak): TurnResult {
  if (reason === 'shutdown') return { state: 'interrupted', code: 'shutdown', retryable: true };
  return reason === 'stopped' ? { state: 'stopped' } : { state: 'stopped', code: reason };
}

/** A failure. Once text was visible the answer is never restarted automatically. */
export function fromFault(error: unknown, visible: boolean, locale: string | undefined): TurnResult {
  const code = error instanceof GatewayError || error instanceof RoutingError ? error.code : 'unavailable';
  if (visible) return { state: 'interrupted', code, retryable: true };
  return { state: 'failed', code, retryable: true, replacement: conversationTexts(locale).answerFailed };
}

/** The message to store; undefined when there is no text. */
export function toMessage(
  turnId: string,
  { text, citations, unsupported }: CheckedAnswer,
  { state }: TurnResult,
  offersAgent: boolean,
): Omit<Message, 'seq'> | undefined {
  if (text === '') return undefined;
  return {
    id: turnId,
    from: 'assistant',
    text,
    at: Date.now(),
    turnId,
    state,
    ...(citations.length > 0 && { citations: [...citations] }),
    ...(unsupported.length > 0 && { unsupported: [...unsupported] }),
    ...(offersAgent && { offer: 'agent' as const }),
  };
}

/** Events for viewers after a stored end; none when the turn continues or is unknown. */
export function endEvents(
  turnId: string,
  outcome: EndOutcome,
  { code, retryable, shortened }: TurnResult,
  message: Omit<Message, 'seq'> | undefined,
): ViewerEvent[] {
  if (outcome.kind === 'alive' || outcome.kind === 'unknown') return [];
  const { kind, state, seq } = outcome;
  const isStored = kind === 'done' && message !== undefined && seq !== undefined;
  return [
    ...(isStored ? [{ type: 'message' as const, message: { ...message, seq } }] : []),
    {
      type: 'turn-end',
      turnId,
      state,
      ...(seq === undefined ? {} : { seq }),
      ...(code === undefined ? {} : { code }),
      ...(retryable ? { retryable } : {}),
      ...(shortened ? { shortened } : {}),
    },
  ];
}
