/** The footer of an analysis: model, duration, cost and version. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import { modelName } from '../calls.ts';
import { durationText, runCostText } from '../figures.ts';
import { countText } from '../numbers.ts';
import { analysisTexts } from '../texts/analysis-texts.ts';

export function RunFoot({ run }: { run: AnalysisRun }) {
  const { provenance, usage, timing, trigger, number } = run;
  return (
    <footer class="run-foot" title={analysisTexts.runFigures}>
      {provenance !== undefined && (
        <span title={`${provenance.tier}, ${provenance.region}`}>{modelName(provenance.modelId)}</span>
      )}
      {timing !== undefined && (
        <span title={analysisTexts.queued(durationText(timing.queuedMs))}>{durationText(timing.totalMs)}</span>
      )}
      {usage !== undefined && (
        <span title={analysisTexts.tokens(countText(usage.promptTokens), countText(usage.completionTokens))}>
          {runCostText(usage)}
        </span>
      )}
      <span
        title={
          provenance === undefined
            ? analysisTexts.triggers[trigger]
            : `${analysisTexts.version(provenance.promptVersion, provenance.knowledgeVersion)} · ${analysisTexts.triggers[trigger]}`
        }
      >
        {analysisTexts.runNumber(number)}
        {provenance !== undefined && <>, {analysisTexts.promptVersion(provenance.promptVersion)}</>}
      </span>
    </footer>
  );
}
