import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Block, type Inline, readLinks, readMarkdown } from './markdown.ts';

/** Blocks in short: what a reader would see of them. */
const inline = (children: readonly Inline[]): string =>
  children
    .map((child) =>
      child.kind === 'text'
        ? child.text
        : child.kind === 'strong'
          ? `<b>${inline(child.children)}</b>`
          : `<a ${child.url}>${inline(child.children)}</a>`,
    )
    .join('');
const shown = (block: Block): string =>
  block.kind === 'paragraph'
    ? inline(block.children)
    : block.kind === 'quote'
      ? `> ${block.children.map(shown).join(' / ')}`
      : `${block.start ?? '-'}: ${block.items.map(inline).join(' | ')}`;
const read = (source: string) => readMarkdown(source).map(shown);

test('paragraphs, quotes, lists, bold words and links', () => {
  expect(
    read('Hello.\nSecond line.\n\n> Thirty days.\n> In full.\n\n- one\n- **two**\n  more\n\n3. three\n4) four'),
  ).toEqual(['Hello.\nSecond line.', '> Thirty days.\nIn full.', '-: one | <b>two</b>\nmore', '3: three | four']);
  expect(read('See [the **returns** page](https://shop.example/r), or https://shop.example/x.')).toEqual([
    'See <a https://shop.example/r>the <b>returns</b> page</a>, or <a https://shop.example/x>https://shop.example/x</a>.',
  ]);
  expect(read('## Returns\nWithin 30 days [1].')).toEqual(['<b>Returns</b>', 'Within 30 days [1].']);
});

test('what is not closed stays as it was written, as a half of a stream does', () => {
  for (const text of ['**Retur', '[the page](htt', 'a ** b ** c', '[1](', '![', '2 * 3 * 4', '-5 degrees'])
    expect(read(text)).toEqual([text]);
});

test('markup is text, and an address is never made up', () => {
  expect(read('<img src=x onerror=alert(1)>')).toEqual(['<img src=x onerror=alert(1)>']);
  expect(read('[click](javascript:alert(1)')).toEqual(['<a javascript:alert(1>click</a>']);
});

function textsOf(blocks: readonly (Block | Inline)[]): { at: number; text: string }[] {
  return blocks.flatMap((part) =>
    part.kind === 'text'
      ? [part]
      : part.kind === 'list'
        ? part.items.flatMap((item) => textsOf(item))
        : textsOf(part.children),
  );
}

test('a break between quoted lines keeps its place in front of their marks', () => {
  const breaks = textsOf(readMarkdown('> one\n> two')).filter(({ text }) => text === '\n');
  expect(breaks.map(({ at }) => at)).toEqual([5]);
});

test('of any text, every piece is a slice of the source, in order, at its place', () => {
  const piece = fc.constantFrom(
    '**',
    '[',
    '](',
    ')',
    '> ',
    '- ',
    '1. ',
    '\n',
    '\n\n',
    '  ',
    '# ',
    'https://a.b',
    'word',
    '<b>',
    '\r\n',
    '>',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 40 }), (pieces) => {
      const source = pieces.join('');
      let end = 0;
      for (const { at, text } of textsOf(readMarkdown(source))) {
        // A line's break stands for `\r\n` too.
        expect(source.slice(at, at + text.length)).toBe(text);
        expect(at).toBeGreaterThanOrEqual(end);
        end = at + text.length;
      }
    }),
  );
});

test('hostile lengths and depths are read at once', () => {
  const began = performance.now();
  for (const part of ['**', '[', '](', '> ', '>', '- ', '# ', 'https://', '**[', '1. '])
    for (const text of [part.repeat(4000), `${part}\n`.repeat(4000)]) readMarkdown(text);
  expect(performance.now() - began).toBeLessThan(3000);
});

test('of a visitor’s text only addresses are links, and its words keep their places', () => {
  expect(readLinks('See https://shop.example/a?b=1, **not** [that](https://other.example)')).toEqual([
    { kind: 'text', at: 0, text: 'See ' },
    {
      kind: 'link',
      url: 'https://shop.example/a?b=1',
      children: [{ kind: 'text', at: 4, text: 'https://shop.example/a?b=1' }],
    },
    { kind: 'text', at: 30, text: ', **not** [that](' },
    { kind: 'link', url: 'https://other.example', children: [{ kind: 'text', at: 47, text: 'https://other.example' }] },
    { kind: 'text', at: 68, text: ')' },
  ]);
  expect(readLinks('javascript:alert(1)')).toEqual([{ kind: 'text', at: 0, text: 'javascript:alert(1)' }]);
});
