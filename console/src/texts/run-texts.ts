/** Texts of runs that go on in the background of the server. Pure. */
import type { RunState } from '@firstword/shared/background-run';
import { type Texts, translated } from './translated.ts';

const english = {
  stop: 'Stop',
  stopping: 'Stopping…',
  states: {
    running: 'Running',
    done: 'Done',
    stopped: 'Stopped',
    ceiling: 'Ended at the spending limit',
    interrupted: 'Interrupted: the server process ended',
    failed: 'Failed because of an error in the server',
  } satisfies Record<RunState, string>,
  by: (name: string) => `by ${name}`,
  spent: (usd: string) => `cost ${usd}`,
  maxUsd: 'Spending limit in US dollars',
  run: 'Run',
  compareWith: 'Compare with',
  noOther: 'No other run',
  offline: 'The server didn’t respond. Check your connection and try again.',
} as const;
export type RunTexts = Texts<typeof english>;
export const runTexts = translated<RunTexts>('run', english);
