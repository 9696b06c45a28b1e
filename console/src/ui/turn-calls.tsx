/** The model, region, TTFT and cost of an answer, why that model was chosen, and all model calls of the turn. */
import type { ModelCallView } from '@firstword/shared/model-calls';
import { answeringCall, callCostText, modelName } from '../calls.ts';
import { durationText } from '../figures.ts';
import { callTexts } from '../texts/call-texts.ts';
import { CallTable } from './call-table.tsx';

export function TurnCalls({ calls }: { calls: readonly ModelCallView[] }) {
  const answering = answeringCall(calls);
  const shown = answering ?? calls[0];
  if (shown === undefined) return null;
  const facts = [
    answering === undefined ? callTexts.notAnsweredByModel : modelName(shown.modelId),
    ...(answering === undefined ? [] : [shown.region]),
    ...(answering?.ttftMs === undefined ? [] : [callTexts.ttft(durationText(answering.ttftMs))]),
    ...(answering === undefined ? [] : [callCostText(answering)]),
    ...(answering?.masked === undefined ? [] : [callTexts.masked(answering.masked)]),
  ];
  return (
    <details class="calls">
      <summary>{facts.join(' · ')}</summary>
      {answering?.why !== undefined && (
        <p class="calls__why">
          {callTexts.whyThisModel}: {answering.why}
        </p>
      )}
      <CallTable calls={calls} label={callTexts.callsOfTurn} />
    </details>
  );
}
