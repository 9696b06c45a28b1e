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

test.each([
  ['=1+1', "'=1+1"],
  ['@sum', "'@sum"],
  ['-2', "'-2"],
  [' =1+1', " '=1+1"],
  ['\u00a0+1', "\u00a0'+1"],
  ['\uff1d1', "'\uff1d1"],
  ['\tx', `"'\tx"`],
  ['\n=1', `"'\n'=1"`],
  ['a;=1', `"a;'=1"`],
  ['a\t @x', `"a\t '@x"`],
  ['a\r\n=HYPERLINK("https://evil.example")', `"a\r\n'=HYPERLINK(""https://evil.example"")"`],
  ['a = b - c', 'a = b - c'],
  ['max@shop.example', 'max@shop.example'],
  ['\u2013', '\u2013'],
])('%j is text for a spreadsheet, whatever separates its cells', (text, cell) => {
  expect(toCsv([[text]])).toBe(`${cell}\r\n`);
});
