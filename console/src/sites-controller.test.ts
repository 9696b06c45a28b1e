import { expect, test } from 'vitest';
import { changedSettings } from './sites-controller.ts';

test('a change names what was edited alone, and null for what was removed', () => {
  const saved = { name: 'Lamps', theme: { accent: '#aa0000' }, hours: { timeZone: 'UTC' }, suggestions: ['A'] };
  const draft = { ...saved, suggestions: ['A', 'B'], hours: undefined, greeting: 'Hi', identitySecret: undefined };
  expect(changedSettings(saved, draft)).toEqual({ suggestions: ['A', 'B'], hours: null, greeting: 'Hi' });
});
