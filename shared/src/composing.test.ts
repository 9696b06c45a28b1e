import { expect, test } from 'vitest';
import { isComposing } from './composing.ts';

test.each([
  ['while a word is composed', { isComposing: true, keyCode: 13 }, true],
  ['when it confirms a word in Safari', { isComposing: false, keyCode: 229 }, true],
  ['otherwise', { isComposing: false, keyCode: 13 }, false],
])('Enter %s', (_when, event, composing) => {
  expect(isComposing(event)).toBe(composing);
});
