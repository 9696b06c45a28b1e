/** What the analysis would do next: proposals for a person, nothing acts by itself. */
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
            {words(type)}{' '}
            {Object.entries(parameters).map(([name, value]) => (
              <span key={name} class="parameter">
                {words(name)}: {String(value)}
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

/** `refund_order` as people write it: "refund order". */
function words(name: string): string {
  return name.replaceAll(/[_-]+/g, ' ');
}
