import type { ReplayedAnswer } from '@firstword/shared/answer-replay';
import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import { answerTo, applyReplayEvent, isQuestion, startedRun } from './replay-run.ts';

const ANSWER: ReplayedAnswer = {
  text: 'Within 30 days [1].',
  citations: [],
  unsupported: [],
  coverage: 'covered',
  handsOff: false,
  shortened: false,
};
const message = (seq: number, from: Message['from'], more: Partial<Message> = {}): Message => ({
  ...{ seq, id: `m${seq}`, from, text: 'Hello', at: 0 },
  ...more,
});

test('text is shown as it arrives, what is retracted goes, and the checked text replaces it', () => {
  const events = [{ ttftMs: 90 }, { text: 'Hm, ' }, { retracted: true }, { text: 'Within 30' }] as const;
  const running = events.reduce(applyReplayEvent, startedRun('glm-5'));
  expect(running).toMatchObject({ state: 'running', text: 'Within 30', ttftMs: 90 });
  expect(applyReplayEvent(running, { answer: ANSWER, calls: [] })).toMatchObject({ state: 'done', text: ANSWER.text });
});

test('a failure keeps what was written', () => {
  const run = applyReplayEvent(startedRun('glm-5'), { text: 'Within' });
  expect(applyReplayEvent(run, { failed: 'stalled', calls: [] })).toMatchObject({
    ...{ state: 'failed', failure: 'stalled', text: 'Within' },
  });
});

test('the answer to a message is the next one that is not the visitor’s', () => {
  const messages = [message(1, 'visitor'), message(2, 'visitor'), message(3, 'system'), message(4, 'agent')];
  expect(answerTo(messages, 1)).toBeUndefined();
  expect(answerTo(messages, 2)?.seq).toBe(4);
  expect(answerTo(messages, 4)).toBeUndefined();
});

test('only messages of visitors with text are questions', () => {
  const file = { id: 'f', name: 'a.png', type: 'image/png', size: 1 };
  const all = [message(1, 'visitor'), message(2, 'assistant'), message(3, 'visitor', { file })];
  expect(all.map(isQuestion)).toEqual([true, false, false]);
});
