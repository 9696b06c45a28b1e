/** Evaluations on the Knowledge page: which test cases to run, the run in progress, and its results beside those of another one. */
import { useEffect } from 'preact/hooks';
import { basePath } from '../base-path.ts';
import type { EvaluationController } from '../evaluation-controller.ts';
import { durationText } from '../figures.ts';
import type { KnowledgeController } from '../knowledge-controller.ts';
import { evaluationTexts as texts } from '../texts/evaluation-texts.ts';
import { BackgroundRunLine } from './background-run-line.tsx';
import { EvaluationForm } from './evaluation-form.tsx';
import { EvaluationResults } from './evaluation-results.tsx';
import { ReportFailed } from './report-failed.tsx';
import { RunChoice } from './run-choice.tsx';

export function EvaluationPart({ knowledge }: { knowledge: KnowledgeController }) {
  const { evaluations } = knowledge;
  const { list, failure, shown, compared } = evaluations;
  const site = knowledge.overview.response.value?.site;
  useEffect(() => {
    void evaluations.load();
    return evaluations.leave;
  }, [evaluations, site]);
  const found = list.response.value;
  return (
    <section class="report__part" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p class="report__quiet">{texts.hint}</p>
      {list.failed.value && <ReportFailed text={texts.notRead} onTryAgain={evaluations.load} />}
      {found !== undefined && <EvaluationForm knowledge={knowledge} plan={found.plan} />}
      {failure.value !== undefined && (
        <p class="report__failed" role="alert">
          {failure.value}
        </p>
      )}
      {found?.runs.length === 0 && <p class="report__empty">{texts.none}</p>}
      {shown.value !== undefined && (
        <>
          <RunChoice
            runs={found?.runs ?? []}
            shown={shown.value}
            compared={compared.value}
            texts={texts}
            onShow={evaluations.show}
            onCompare={evaluations.compareWith}
          />
          <RunLine evaluations={evaluations} />
          <EvaluationResults evaluations={evaluations} />
        </>
      )}
    </section>
  );
}

function RunLine({ evaluations }: { evaluations: EvaluationController }) {
  const run = evaluations.shown.value;
  if (run === undefined) return null;
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
