/** Groups and labels the model calls of a conversation. Pure. */
import { REFERENCE_MODELS } from '@firstword/shared/catalog';
import type { ConversationCalls } from '@firstword/shared/conversation-records';
import type { ModelCallView, TicketCalls } from '@firstword/shared/model-calls';
import { usdText } from './figures.ts';
import { callTexts } from './texts/call-texts.ts';

/** Calls whose answer was never shown. */
const UNUSED = ['hedge-lost', 'speculation-dropped', 'asked-early', 'typing-dropped'];

/** The calls of each turn, oldest first. */
export function callsByTurn({ calls }: TicketCalls | ConversationCalls): ReadonlyMap<string, readonly ModelCallView[]> {
  const byTurn = new Map<string, ModelCallView[]>();
  for (const call of calls)
    if (call.turnId !== undefined) byTurn.set(call.turnId, [...(byTurn.get(call.turnId) ?? []), call]);
  return byTurn;
}

/** The call whose answer the visitor saw, or the agent who replays one. */
export function answeringCall(calls: readonly ModelCallView[]): ModelCallView | undefined {
  const answers = calls.filter(
    ({ purpose, reason }) => (purpose === 'answer' || purpose === 'replay') && !UNUSED.includes(reason ?? ''),
  );
  return answers.find(({ outcome }) => outcome === 'done') ?? answers.find(({ ttftMs }) => ttftMs !== undefined);
}

export function callCostText({ costKnown, costUsd, estimated }: ModelCallView): string {
  if (costUsd === undefined) return callTexts.priceUnknown;
  if (costKnown === 'output-only') return callTexts.atLeast(usdText(costUsd));
  return estimated && costUsd > 0 ? callTexts.about(usdText(costUsd)) : usdText(costUsd);
}

/** The purpose of a call, and whether it was a retry or a hedge request. */
export function purposeText({ purpose, role }: ModelCallView): string {
  const name = callTexts.purposes[purpose] ?? purpose;
  const roleName = role === undefined ? undefined : callTexts.roles[role];
  return roleName === undefined ? name : `${name}, ${roleName}`;
}

export function outcomeText({ outcome, reason }: ModelCallView): string {
  const name = callTexts.outcomes[outcome] ?? outcome;
  return reason === undefined ? name : `${name}: ${callTexts.callReasons[reason] ?? reason}`;
}

/** A model's display name; models outside the catalog are shown by their id. */
export function modelName(id: string): string {
  return REFERENCE_MODELS.find((model) => model.id === id)?.name ?? id;
}
