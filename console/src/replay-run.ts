/** The answer of one model in a replay, as its events arrive. Pure. */
import type { AnswerReplayEvent, ReplayedAnswer } from '@firstword/shared/answer-replay';
import type { ModelCallView } from '@firstword/shared/model-calls';
import type { Message } from '@firstword/shared/wire';

export interface ReplayRun {
  readonly model: string;
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  /** What was streamed, and at the end the checked text. */
  readonly text: string;
  readonly ttftMs?: number;
  readonly answer?: ReplayedAnswer;
  readonly calls: readonly ModelCallView[];
  /** Why it failed: a code, or what the server said. */
  readonly failure?: string;
}

export const startedRun = (model: string): ReplayRun => ({ model, state: 'running', text: '', calls: [] });

export function applyReplayEvent(run: ReplayRun, event: AnswerReplayEvent): ReplayRun {
  if ('ttftMs' in event) return { ...run, ttftMs: event.ttftMs };
  if ('text' in event) return { ...run, text: run.text + event.text };
  if ('retracted' in event) return { ...run, text: '' };
  const { calls } = event;
  if ('failed' in event) return { ...run, state: 'failed', failure: event.failed, calls };
  return { ...run, state: 'done', text: event.answer.text, answer: event.answer, calls };
}

/** The message that answered a visitor's message: the next one of the assistant or an agent, before the visitor wrote again. */
export function answerTo(messages: readonly Message[], seq: number): Message | undefined {
  const next = messages.find((message) => message.seq > seq && message.from !== 'system');
  return next?.from === 'visitor' ? undefined : next;
}

/** Whether a model can answer it. */
export const isQuestion = ({ from, file }: Message): boolean => from === 'visitor' && file === undefined;
