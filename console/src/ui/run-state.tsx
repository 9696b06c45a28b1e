/** The state and the review verdict of an analysis run. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import { reasonText } from '../reason-text.ts';
import { analysisTexts } from '../texts/analysis-texts.ts';
import { saidText } from '../texts/phrase-texts.ts';
import { Waiting } from './clock.tsx';
import { Icon } from './icons.tsx';

export function RunState({ run, stale }: { run: AnalysisRun; stale: boolean }) {
  const { state, problem, problemPhrase, review } = run;
  const text = analysisTexts.runStates[state];
  const inProgress = state === 'queued' || state === 'running';
  const hasProblem = state === 'partial' || state === 'failed';
  const verdict = analysisTexts.verdicts[review.verdict];
  return (
    <>
      {text !== '' && (
        <p class={`run-state run-state--${state}`}>
          {inProgress && <span class="pulse" aria-hidden="true" />}
          {hasProblem && <Icon name="warning" size={16} />}
          <span>
            {text}
            {problem !== undefined && <> {saidText(problemPhrase, problem)}</>}
          </span>
          {inProgress && <Waiting since={run.createdAt} />}
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
