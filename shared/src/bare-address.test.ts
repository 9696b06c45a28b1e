import { expect, test } from 'vitest';
import { bareAddress } from './bare-address.ts';

test.each([
  ['https://shop.example/help，谢谢', 'https://shop.example/help'],
  ['https://shop.example/help。', 'https://shop.example/help'],
  ['https://shop.example/a（说明）了解', 'https://shop.example/a'],
  ['https://shop.example/help؟', 'https://shop.example/help'],
  ['https://shop.example/q".', 'https://shop.example/q'],
  ['https://shop.example/a?b=1&c=2)', 'https://shop.example/a?b=1&c=2'],
  ['https://shop.example/x_(y))', 'https://shop.example/x_(y)'],
  ['https://shop.example/a],', 'https://shop.example/a'],
  ['https://shop.example/a?b[]=1!', 'https://shop.example/a?b[]=1'],
  ['https://shop.example/x*y*z', 'https://shop.example/x*y*z'],
  ['https://shop.example/a—which is new', 'https://shop.example/a'],
  ['https://shop.example/wiki/マイク・タイソン〜', 'https://shop.example/wiki/マイク・タイソン'],
  ['https://shop.example/a_b_', 'https://shop.example/a_b'],
  ['https://shop.example/a👍🏽', 'https://shop.example/a'],
  ['https://shop.example/👍/a', 'https://shop.example/👍/a'],
  ['https://shop.example/می‌خواهم', 'https://shop.example/می‌خواهم'],
])('%j links to %j', (written, address) => {
  expect(bareAddress(written)).toBe(address);
});

test.each([
  ['Arabic', '،؛؟۔'],
  ['Armenian', '։՞՜'],
  ['Burmese, Khmer and Tibetan', '။។།'],
  ['Chinese and Japanese', '。、，．！？：；…（）［］｛｝【】〔〕〖〗《》〈〉「」『』｡､｢｣～〜＂'],
  ['Ethiopic', '።፣፤'],
  ['Greek and Hebrew', '·׃״'],
  ['Hindi', '।॥'],
  ['Latin', '“”„‚‘’«»‹›—–…¡¿‽•~|`^\\'],
  ['invisible', '\u200b\u200e\u200f\u2069\u00a0\u3000\ufeff'],
])('an address ends before punctuation: %s', (_, marks) => {
  const wrong = [...marks].filter((mark) => bareAddress(`https://shop.example/a${mark}`) !== 'https://shop.example/a');
  expect(wrong).toEqual([]);
});
