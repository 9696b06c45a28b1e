import { expect, test } from 'vitest';
import { joinTexts } from './join-texts.ts';

const text = (words: string) => ({ type: 'text' as const, text: words });
const ignored = { type: 'ignored' as const };

test('adjacent texts are joined, and the order is kept', () => {
  expect(joinTexts([text('Your '), text('order '), ignored, text('is '), text('here.')])).toEqual([
    text('Your order '),
    ignored,
    text('is here.'),
  ]);
});

test('long texts are not joined', () => {
  const long = [text('x'.repeat(200)), text('y'.repeat(200))];
  expect(joinTexts(long)).toEqual(long);
});

test('a single event is returned unchanged', () => {
  const alone = [text('Hello')];
  expect(joinTexts(alone)).toBe(alone);
});

test('no events stay no events', () => {
  expect(joinTexts([])).toEqual([]);
});
