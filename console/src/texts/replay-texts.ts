/** Texts of replaying a message on another model. */
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

/** By code. Not a closed set: other failures are named by their code. */
const failures: Record<string, string> = {
  'unknown-model': 'The endpoint doesn’t offer this model.',
  'no-model': 'The endpoint doesn’t offer this model.',
  unauthorized: 'The endpoint refused the key. Check it on the Models page.',
  'no-credit': 'The endpoint’s account has no credit left.',
  'rate-limited': 'The endpoint has too many requests. Try again in a minute.',
  'breaker-open': 'This model has failed several times and isn’t asked for now. Try again in a minute.',
  'first-token-timeout': 'The model didn’t answer in time.',
  'headers-timeout': 'The model didn’t answer in time.',
  'timed-out': 'The model didn’t answer in time.',
  stalled: 'The model stopped before its answer was complete.',
  'cut-off': 'The connection ended before the answer was complete.',
  'only-thinking': 'The model used all of its tokens for thinking.',
  'prompt-filtered': 'The endpoint’s content filter refused the message.',
};

const english = {
  replay: 'Replay',
  replayMessage: (message: string) => `Replay, ${message}`,
  title: 'Replay on another model',
  hint: 'Other models answer this message again, with the conversation before it. The visitor doesn’t see it.',
  question: 'Message',
  model: 'Model',
  otherModel: 'Second model',
  none: 'None',
  changeGuidance: 'Change the guidance for this replay',
  guidanceFailed: 'The guidance couldn’t be loaded.',
  start: 'Replay',
  stop: 'Stop',
  original: 'What the visitor got',
  noAnswer: 'This message has no answer.',
  answering: 'Answering…',
  stopped: 'Stopped.',
  finished: (count: number) => `${countOf(count, 'model has', 'models have')} answered.`,
  handsOff: 'A ticket would be opened.',
  notCovered: 'The help articles don’t cover this message.',
  shortened: 'The answer was cut off at the model’s token limit.',
  empty: 'No text.',
  failures,
  failed: (code: string) => `The model didn’t answer (${code}).`,
} as const;
export type ReplayTexts = Texts<typeof english>;
export const replayTexts = translated<ReplayTexts>('replay', english);

const CODE = /^[a-z]+(?:-[a-z]+)*$/;

/** @param failure a code, or a sentence of the server */
export function replayFailureText(failure: string): string {
  const known = Object.hasOwn(replayTexts.failures, failure) ? replayTexts.failures[failure] : undefined;
  return known ?? (CODE.test(failure) ? replayTexts.failed(failure) : failure);
}
