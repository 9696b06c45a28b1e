import { processorMs } from '@firstword/testing/processor-time';
import { expect, test } from 'vitest';
import { textAddresses } from './text-addresses.ts';

const marked = (text: string) =>
  textAddresses(text).reduceRight(
    (left, { start, length, shown, href }) => `${left.slice(0, start)}{${shown} ${href}}${left.slice(start + length)}`,
    text,
  );

test.each([
  ['Write to help@shop.example.', 'Write to {help@shop.example mailto:help@shop.example}.'],
  ['Write to mailto:help@shop.example, please', 'Write to {help@shop.example mailto:help@shop.example}, please'],
  [
    '<help@shop.example> or <mailto:a@b.example>',
    '{help@shop.example mailto:help@shop.example} or {a@b.example mailto:a@b.example}',
  ],
  ['mailto:a@b.example?subject=Order%207', '{a@b.example mailto:a@b.example?subject=Order%207}'],
  ['Is it a@b.example?', 'Is it {a@b.example mailto:a@b.example}?'],
  ['(a.b+c@sub.shop.example)', '({a.b+c@sub.shop.example mailto:a.b+c@sub.shop.example})'],
  ['请联系help@shop.example。', '请联系{help@shop.example mailto:help@shop.example}。'],
  ['<https://a.example/b@c.example> x', '{https://a.example/b@c.example https://a.example/b@c.example} x'],
  ['see "https://shop.example/q".', 'see "{https://shop.example/q https://shop.example/q}".'],
  [
    '请看https://shop.example/a，再看https://shop.example/b。',
    '请看{https://shop.example/a https://shop.example/a}，再看{https://shop.example/b https://shop.example/b}。',
  ],
  ['*https://shop.example/a*', '*{https://shop.example/a https://shop.example/a}*'],
  ['https:// and xhttps://a.example', 'https:// and xhttps://a.example'],
  ['a < b@c.example', 'a < {b@c.example mailto:b@c.example}'],
  ['@name, a@b, 5 @ 3, name@, user@host.c', '@name, a@b, 5 @ 3, name@, user@host.c'],
])('%j is read as %j', (text, expected) => {
  expect(marked(text)).toBe(expected);
});

test('hostile text is read in linear time', () => {
  const ms = processorMs(() => {
    for (const part of ['a', 'a.', 'a@', '@a.', '<mailto:', '<https://', '<https://a@a.a>', 'a@a.'])
      textAddresses(`${part.repeat(50_000)}@`);
  });
  expect(ms).toBeLessThan(1000);
});
