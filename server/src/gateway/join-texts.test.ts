import { expect, test } from 'vitest';
import { joinTexts } from './join-texts.ts';

const text = (words: string) => ({ type: 'text' as const, text: words });
const ignored = { type: 'ignored' as const };

test('texts that came together become one, and nothing else changes place', () => {
  expect(joinTexts([text('Your '), text('order '), ignored, text('is '), text('here.')])).toEqual([
    text('Your order '),
    ignored,
    text('is here.'),
  ]);
});

test('long texts stay apart', () => {
  const long = [text('x'.repeat(200)), text('y'.repeat(200))];
  expect(joinTexts(long)).toEqual(long);
});

test('a lone event stays the very same', () => {
  const alone = [text('Hello')];
  expect(joinTexts(alone)).toBe(alone);
});

test('nothing stays nothing', () => {
  expect(joinTexts([])).toEqual([]);
});
