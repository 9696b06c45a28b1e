import { expect, test } from 'vitest';
import { newProactiveMessage, withoutId } from './proactive-draft.ts';

test('a new message has an id of its own and is for every page', () => {
  const numbers = [0.5, 0.5, 0.25];
  const random = () => numbers.shift() ?? 0;
  const first = newProactiveMessage([], random);
  const second = newProactiveMessage([first], random);
  expect(first).toEqual({ id: expect.stringMatching(/^message-[a-z0-9]+$/), text: '', pages: ['*'] });
  expect(second.id).not.toBe(first.id);
  expect(numbers).toEqual([]);
});

test('the editor of a message has no field for its id', () => {
  const node = { required: ['id', 'text'], properties: { id: { type: 'string' }, text: { type: 'string' } } };
  expect(withoutId(node)).toEqual({ required: ['id', 'text'], properties: { text: { type: 'string' } } });
});
