import { expect, test } from 'vitest';
import { phraseText } from '../lib/phrase.ts';
import { transitionRefusal } from './transition-refusal.ts';

test('a refusal names the action and the state', () => {
  expect(phraseText(transitionRefusal('claim', 'closed'))).toBe("You can't claim a closed ticket.");
  expect(phraseText(transitionRefusal('hand-back', 'resolved'))).toBe(
    "You can't hand a resolved ticket back to the assistant.",
  );
});
