/** Selects one of the analysis runs of a ticket. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import { analysisTexts } from '../texts/analysis-texts.ts';

export interface RunTabsProps {
  readonly runs: readonly AnalysisRun[];
  readonly shown: AnalysisRun | undefined;
  readonly onChoose: (number: number) => void;
}

export function RunTabs({ runs, shown, onChoose }: RunTabsProps) {
  if (runs.length < 2) return null;
  return (
    <nav class="runs" aria-label={analysisTexts.runs}>
      {runs.toReversed().map(({ id, number }) => (
        <button
          type="button"
          key={id}
          class="runs__item"
          aria-label={analysisTexts.run(number)}
          aria-current={id === shown?.id ? 'true' : undefined}
          onClick={() => onChoose(number)}
        >
          {number}
        </button>
      ))}
    </nav>
  );
}
