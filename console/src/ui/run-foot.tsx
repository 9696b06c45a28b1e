/** One row under an analysis: model, time, cost, version. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import { durationText, runCostText } from '../figures.ts';
import { texts } from '../texts.ts';
import { modelName } from './model-name.ts';

export function RunFoot({ run }: { run: AnalysisRun }) {
  const { provenance, usage, timing, trigger, number } = run;
  return (
    <footer class="run-foot" title={texts.runFigures}>
      {provenance !== undefined && (
        <span title={`${provenance.tier}, ${provenance.region}`}>{modelName(provenance.modelId)}</span>
      )}
      {timing !== undefined && (
        <span title={texts.queued(durationText(timing.queuedMs))}>{durationText(timing.totalMs)}</span>
      )}
      {usage !== undefined && (
        <span title={texts.tokens(usage.promptTokens, usage.completionTokens)}>{runCostText(usage)}</span>
      )}
      <span
        title={
          provenance === undefined
            ? texts.triggers[trigger]
            : `${texts.version(provenance.promptVersion, provenance.knowledgeVersion)} · ${texts.triggers[trigger]}`
        }
      >
        {texts.runNumber(number)}
        {provenance !== undefined && <>, {texts.promptVersion(provenance.promptVersion)}</>}
      </span>
    </footer>
  );
}
