import type { ProactiveMessage } from '@firstword/shared/proactive-message';
import { expect, test } from 'vitest';
import { nextMessage } from './next-message.ts';

const message = (id: string, afterSeconds: number): ProactiveMessage => ({
  ...{ id, afterSeconds, text: id, translations: [], pages: ['*'] },
  ...{ oncePer: 'visitor', duringHours: false },
});
const always = () => true;

test('the message that is due first is next, whatever its place in the list is', () => {
  const since = new Map([
    ['slow', 0],
    ['quick', 2000],
  ]);
  expect(nextMessage([message('slow', 10), message('quick', 5)], since, always)).toMatchObject({
    message: { id: 'quick' },
    at: 7000,
  });
});

test('of two that are due at once, the first of the list is next', () => {
  const since = new Map([
    ['first', 0],
    ['second', 0],
  ]);
  expect(nextMessage([message('first', 5), message('second', 5)], since, always)?.message.id).toBe('first');
});

test('a message for other pages, or one that may not be shown, is never next', () => {
  const messages = [message('elsewhere', 0), message('shown', 0), message('new', 60)];
  const since = new Map([
    ['shown', 0],
    ['new', 0],
  ]);
  expect(nextMessage(messages, since, ({ id }) => id !== 'shown')?.message.id).toBe('new');
  expect(nextMessage(messages, new Map(), always)).toBeUndefined();
});
