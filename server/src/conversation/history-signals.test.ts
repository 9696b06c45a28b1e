import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import { exchangesOf } from './history-signals.ts';

const messages = (...said: readonly (Partial<Message> & Pick<Message, 'from'>)[]): Message[] =>
  said.map((message, at) => ({ seq: at + 1, id: `m${at}`, text: '', at, ...message }));

test('each answer belongs to the last message before it', () => {
  const history = messages(
    { from: 'visitor', text: 'Hello' },
    { from: 'visitor', text: 'Where is it?' },
    { from: 'assistant', text: 'On its way.' },
    { from: 'visitor', text: 'And the lamp?' },
    { from: 'assistant', text: '', state: 'failed', offer: 'agent' },
    { from: 'visitor', text: 'No answer yet' },
  );
  expect(exchangesOf(history)).toEqual([
    { question: 'Where is it?', answer: { text: 'On its way.', offersAgent: false }, isFailed: false },
    { question: 'And the lamp?', answer: { text: '', offersAgent: true }, isFailed: true },
  ]);
});

test('what an agent answered or resolved is over', () => {
  const before = [{ from: 'visitor', text: 'Where is it?' } as const, { from: 'assistant', text: 'Here.' } as const];
  expect(exchangesOf(messages(...before, { from: 'agent', text: 'I look.' }))).toEqual([]);
  expect(exchangesOf(messages(...before, { from: 'system', notice: 'resolved' }, ...before))).toHaveLength(1);
});
