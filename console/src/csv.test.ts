import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

test('rows become lines, and what CSV reserves is quoted', () => {
  expect(
    toCsv([
      ['Day', 'Cost'],
      ['1 May', '$1,204.50'],
      ['2 "May"', 'a\nb'],
    ]),
  ).toBe('Day,Cost\r\n1 May,"$1,204.50"\r\n"2 ""May""","a\nb"\r\n');
});

test('a cell that a spreadsheet would run as a formula stays text', () => {
  expect(toCsv([['=HYPERLINK("https://evil.example")', '+1', '-2', '@x', '–']])).toBe(
    `"'=HYPERLINK(""https://evil.example"")",'+1,'-2,'@x,–\r\n`,
  );
});
