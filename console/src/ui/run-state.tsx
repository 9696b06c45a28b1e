/** How a run stands: nothing of it is hidden, and nothing of it stops people from answering. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import { reasonText } from '../reason-text.ts';
import { analysisTexts } from '../texts/analysis-texts.ts';
import { Waiting } from './clock.tsx';
import { Icon } from './icons.tsx';

export function RunState({ run, stale }: { run: AnalysisRun; stale: boolean }) {
  const { state, problem, review } = run;
  const text = analysisTexts.runStates[state];
  const working = state === 'queued' || state === 'running';
  const wrong = state === 'partial' || state === 'failed';
  const verdict = analysisTexts.verdicts[review.verdict];
  return (
    <>
      {text !== '' && (
        <p class={`run-state run-state--${state}`}>
          {working && <span class="pulse" aria-hidden="true" />}
          {wrong && <Icon name="warning" size={16} />}
          <span>
            {text}
            {problem !== undefined && <> {problem}</>}
          </span>
          {working && <Waiting since={run.createdAt} />}
        </p>
      )}
      {stale && (
        <p class="run-state run-state--stale">
          <Icon name="warning" size={16} />
          <span>{analysisTexts.stale}</span>
        </p>
      )}
      {verdict !== '' && (
        <p class="run-state">
          {review.reviewer === undefined ? verdict : analysisTexts.reviewedBy(verdict, review.reviewer.name)}
          {review.reason !== undefined && <>: {reasonText(review.reason)}</>}
          {review.note !== undefined && <> — {review.note}</>}
        </p>
      )}
    </>
  );
}
