/** How a background run stands: its state, progress, cost and author, and a button that stops it. */
import type { RunCost, RunState } from '@firstword/shared/background-run';
import { usdText } from '../figures.ts';
import { callTexts } from '../texts/call-texts.ts';
import { runTexts as texts } from '../texts/run-texts.ts';
import { Ago } from './clock.tsx';

export interface BackgroundRunLineProps {
  readonly run: RunCost & {
    readonly state: RunState;
    readonly stopping: boolean;
    readonly by: string;
    readonly startedAt: number;
  };
  readonly done: number;
  readonly total: number;
  /** Such as `3 of 10 questions`. */
  readonly progress: string;
  readonly isBusy: boolean;
  readonly onStop: () => void;
}

export function BackgroundRunLine({ run, done, total, progress, isBusy, onStop }: BackgroundRunLineProps) {
  const { state, stopping, by, startedAt } = run;
  const isRunning = state === 'running';
  const stateText = stopping && isRunning ? texts.stopping : texts.states[state];
  return (
    <div class="background-run">
      {isRunning && <progress max={total} value={done} aria-label={progress} />}
      <p role="status">
        {[stateText, ...(state === 'done' ? [] : [progress]), texts.spent(costText(run))].join(' · ')}
      </p>
      <p class="report__quiet">
        <Ago at={startedAt} /> {texts.by(by)}
      </p>
      {isRunning && (
        <button type="button" class="button button--plain" disabled={stopping || isBusy} onClick={onStop}>
          {texts.stop}
        </button>
      )}
    </div>
  );
}

function costText({ usd, costIsComplete }: RunCost): string {
  return costIsComplete ? usdText(usd) : callTexts.atLeast(usdText(usd));
}
