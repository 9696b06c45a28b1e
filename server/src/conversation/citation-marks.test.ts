import { expect, test } from 'vitest';
import { marksIn, normalizeMarks, withoutMarks } from './citation-marks.ts';

const normalize = (text: string) => normalizeMarks(text, (n) => n >= 1 && n <= 3);

test.each([
  ['Free [1, 2].', 'Free [1][2].'],
  ['Free [1-3].', 'Free [1][2][3].'],
  ['Free [^2].', 'Free [2].'],
  ['免费【1】【2†source】。', '免费[1][2]。'],
  ['Free [2, 9].', 'Free [2].'],
  ['Free [9].', 'Free.'],
])('reads the marks of %j', (written, read) => {
  expect(normalize(written)).toBe(read);
});

test.each(['items[1]', '`a [9]`', '```\nx [9]\n```', '[1](https://a.example)', '[x]'])('%j is no mark', (text) => {
  expect(normalize(text)).toBe(text);
});

test('adjoining marks are all read, each once', () => {
  expect(marksIn('Free [2][1]. Really [2].')).toEqual([2, 1]);
  expect(withoutMarks('Free [2][1]. Really [2].')).toBe('Free. Really.');
});

test('a range that names thousands of sources is read quickly', () => {
  expect(normalize(`${'[1-99]'.repeat(2000)}`).length).toBeLessThan(20_000);
});
