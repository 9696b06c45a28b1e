import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('quotes, commas and line breaks are quoted', () => {
  expect(csvOf(['a', 'b'], [['say "hi", all', 'two\nlines']])).toBe('a,b\r\n"say ""hi"", all","two\nlines"\r\n');
});

test('no cell begins like a formula', () => {
  expect(csvOf(['a'], [['=1+1'], ['@sum'], ['-2'], ['\tx']])).toBe("a\r\n'=1+1\r\n'@sum\r\n'-2\r\n'\tx\r\n");
});
