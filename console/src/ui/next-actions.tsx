/** The analysis's suggested next steps. Nothing runs automatically. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import { analysisTexts } from '../texts/analysis-texts.ts';
import { Part } from './part.tsx';

type Action = NonNullable<AnalysisRun['content']>['nextActions'][number];

export function NextActions({ actions }: { actions: readonly Action[] }) {
  return (
    <Part title={analysisTexts.nextActions} hidden={actions.length === 0}>
      <ul class="note__list">
        {actions.map(({ type, parameters, risk }) => (
          <li key={`${type} ${JSON.stringify(parameters)}`}>
            {readableName(type)}{' '}
            {Object.entries(parameters).map(([name, value]) => (
              <span key={name} class="parameter">
                {readableName(name)}: {String(value)}
              </span>
            ))}{' '}
            <span class={`risk risk--${risk}`}>{analysisTexts.risks[risk]}</span>
          </li>
        ))}
      </ul>
      <p class="note__aside">{analysisTexts.nextActionsHint}</p>
    </Part>
  );
}

/** Turns `refund_order` into "refund order". */
function readableName(name: string): string {
  return name.replaceAll(/[_-]+/g, ' ');
}
