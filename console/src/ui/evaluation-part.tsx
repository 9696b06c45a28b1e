/** Evaluations on the Knowledge page: which test cases to run, the run in progress, and its results beside those of another one. */
import type { EvaluationRun } from '@firstword/shared/evaluation-run';
import { basePath } from '../base-path.ts';
import type { EvaluationController } from '../evaluation-controller.ts';
import { durationText } from '../figures.ts';
import type { KnowledgeController } from '../knowledge-controller.ts';
import { evaluationTexts as texts } from '../texts/evaluation-texts.ts';
import { BackgroundRunLine } from './background-run-line.tsx';
import { EvaluationForm } from './evaluation-form.tsx';
import { EvaluationResults } from './evaluation-results.tsx';
import { RunsPart } from './runs-part.tsx';

export function EvaluationPart({ knowledge }: { knowledge: KnowledgeController }) {
  const { evaluations } = knowledge;
  return (
    <RunsPart
      controller={evaluations}
      texts={texts}
      site={knowledge.overview.response.value?.site}
      form={({ plan }) => <EvaluationForm knowledge={knowledge} plan={plan} />}
      results={(run) => (
        <>
          <RunLine evaluations={evaluations} run={run} />
          <EvaluationResults evaluations={evaluations} />
        </>
      )}
    />
  );
}

function RunLine({ evaluations, run }: { evaluations: EvaluationController; run: EvaluationRun }) {
  const { id, judged, passed, cases, ttft, state } = run;
  return (
    <>
      <BackgroundRunLine
        {...{ run, done: judged, total: cases }}
        progress={texts.progress(judged, cases)}
        isBusy={evaluations.busy.value}
        onStop={() => void evaluations.stop(id)}
      />
      {judged > 0 && (
        <p class="evaluation__figures">
          {texts.passed(passed, judged)}
          {ttft !== undefined && ` · ${texts.ttft(durationText(ttft.p50), durationText(ttft.p95))}`}
        </p>
      )}
      {judged > 0 && state !== 'running' && (
        <a class="link" href={`${basePath}/api/v1/evaluation-runs/${id}?format=csv`} download={`evaluation-${id}.csv`}>
          {texts.download}
        </a>
      )}
    </>
  );
}
