import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import { joinQuestion } from './joined-question.ts';

const message = (seq: number, from: Message['from'], text: string, more: Partial<Message> = {}): Message => ({
  seq,
  id: `m${seq}`,
  from,
  text,
  at: 0,
  ...more,
});
const hello = [message(1, 'visitor', 'Hello'), message(2, 'assistant', 'Hello.', { turnId: 't1' })];
const first = message(3, 'visitor', 'My order is late.');
const partial = message(4, 'assistant', 'Orders usu', { turnId: 't2', state: 'stopped' });
const question = (history: readonly Message[], text = 'Can I cancel it?') => ({ seq: 5, text, history });
const superseded = { turnId: 't2', firstSeq: 3 };

test('two quick messages are one question, without the partial answer between them', () => {
  expect(joinQuestion(question([...hello, first, partial]), superseded)).toEqual({
    seq: 5,
    text: 'My order is late.\n\nCan I cancel it?',
    history: hello,
    firstSeq: 3,
  });
});

test('three quick messages are one question', () => {
  const second = message(4, 'visitor', 'Number 4711.');
  expect(joinQuestion(question([...hello, first, second]), superseded).text).toBe(
    'My order is late.\n\nNumber 4711.\n\nCan I cancel it?',
  );
});

test.each([
  ['no answer was running', [...hello, first, partial], undefined],
  ['the answer was complete', [...hello, first, message(4, 'assistant', 'Soon.', { turnId: 't2' })], superseded],
  ['the first message is not in the history any more', hello, superseded],
])('a message is not joined with the previous one when %s', (_, history, running) => {
  expect(joinQuestion(question(history), running)).toEqual({ ...question(history), firstSeq: 5 });
});

test('a message is not joined with the previous one when both together would be too long', () => {
  const long = message(3, 'visitor', 'x'.repeat(4000));
  expect(joinQuestion(question([...hello, long]), superseded).text).toBe('Can I cancel it?');
});

test('a sent file stays in the history', () => {
  const file = message(4, 'visitor', '[file: a.png]', { file: { id: 'f', name: 'a.png', type: 'image/png', size: 1 } });
  expect(joinQuestion(question([...hello, first, file]), superseded)).toMatchObject({
    text: 'My order is late.\n\nCan I cancel it?',
    history: [...hello, file],
  });
});
