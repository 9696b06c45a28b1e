/** Model calls in order of their start. */
import type { ModelCallView } from '@firstword/shared/model-calls';
import { callCostText, modelName, outcomeText, purposeText } from '../calls.ts';
import { durationText } from '../figures.ts';
import { callTexts } from '../texts/call-texts.ts';
import { FigureTable } from './figure-table.tsx';

export function CallTable({ calls, label }: { calls: readonly ModelCallView[]; label: string }) {
  const { purpose, model, region, ttft, total, cost, outcome } = callTexts.columns;
  return (
    <FigureTable
      caption={label}
      columns={[purpose, model, ttft, cost, outcome, region, total]}
      rows={calls.map((call, index) => ({
        key: `${call.startedAt}-${index}`,
        name: purposeText(call),
        cells: [
          modelName(call.modelId),
          call.ttftMs === undefined ? '–' : durationText(call.ttftMs),
          callCostText(call),
          outcomeText(call),
          call.region,
          durationText(call.totalMs),
        ],
      }))}
    />
  );
}
