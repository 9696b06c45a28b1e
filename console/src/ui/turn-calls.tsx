/** Behind an answer: which model gave it, why that one, how fast and at what cost, and every call that was made for it. */
import type { ModelCallView } from '@firstword/shared/console-wire';
import { answeringCall, callCostText, modelName } from '../calls.ts';
import { durationText } from '../figures.ts';
import { callTexts } from '../texts/call-texts.ts';
import { CallTable } from './call-table.tsx';

export function TurnCalls({ calls }: { calls: readonly ModelCallView[] }) {
  const answered = answeringCall(calls);
  const shown = answered ?? calls[0];
  if (shown === undefined) return null;
  const facts = [
    answered === undefined ? callTexts.notAnsweredByModel : modelName(shown.modelId),
    ...(answered === undefined ? [] : [shown.region]),
    ...(answered?.ttftMs === undefined ? [] : [callTexts.ttft(durationText(answered.ttftMs))]),
    ...(answered === undefined ? [] : [callCostText(answered)]),
  ];
  return (
    <details class="calls">
      <summary>{facts.join(' · ')}</summary>
      {answered?.why !== undefined && (
        <p class="calls__why">
          {callTexts.whyThisModel}: {answered.why}
        </p>
      )}
      <CallTable calls={calls} label={callTexts.callsOfTurn} />
    </details>
  );
}
