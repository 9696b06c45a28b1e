import { processorMs } from '@firstword/testing/processor-time';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Block, type Inline, readLinks, readMarkdown } from './markdown.ts';

/** A short notation of parsed blocks. */
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

test('parses paragraphs, quotes, lists, headings, bold text and links', () => {
  expect(
    read('Hello.\nSecond line.\n\n> Thirty days.\n> In full.\n\n- one\n- **two**\n  more\n\n3. three\n4) four'),
  ).toEqual(['Hello.\nSecond line.', '> Thirty days.\nIn full.', '-: one | <b>two</b>\nmore', '3: three | four']);
  expect(read('See [the **returns** page](https://shop.example/r), or https://shop.example/x.')).toEqual([
    'See <a https://shop.example/r>the <b>returns</b> page</a>, or <a https://shop.example/x>https://shop.example/x</a>.',
  ]);
  expect(read('## Returns\nWithin 30 days [1].')).toEqual(['<b>Returns</b>', 'Within 30 days [1].']);
});

test('unclosed markup stays text, as in a half-streamed answer', () => {
  for (const text of ['**Retur', '[the page](htt', 'a ** b ** c', '[1](', '![', '2 * 3 * 4', '-5 degrees'])
    expect(read(text)).toEqual([text]);
});

test('a mark within a word or between numbers is text; bold text may touch a word that follows it, and Chinese text', () => {
  for (const text of [
    '2*3*4=24',
    '2**3**4',
    'a*b*c',
    'x**y**z',
    'snake_case_name',
    'int *ptr',
    '**/*.ts',
    'a __init__',
    '5*4*3=60',
  ])
    expect(read(text)).toEqual([text]);
  expect(read('**Note:**text')).toEqual(['<b>Note:</b>text']);
  expect(read('中文**重点**文字')).toEqual(['中文<b>重点</b>文字']);
});

test('HTML is text, and URLs are kept as written', () => {
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

test('the offset of a break between quoted lines is before their markers', () => {
  const breaks = textsOf(readMarkdown('> one\n> two')).filter(({ text }) => text === '\n');
  expect(breaks.map(({ at }) => at)).toEqual([5]);
});

test('every parsed text is a slice of the source at its offset, in order', () => {
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
        // `\n` may also be the end of `\r\n`.
        expect(source.slice(at, at + text.length)).toBe(text);
        expect(at).toBeGreaterThanOrEqual(end);
        end = at + text.length;
      }
    }),
  );
});

test('hostile texts are parsed quickly', () => {
  const ms = processorMs(() => {
    for (const part of ['**', '[', '](', '> ', '>', '- ', '# ', 'https://', '**[', '1. '])
      for (const text of [part.repeat(4000), `${part}\n`.repeat(4000)]) readMarkdown(text);
  });
  expect(ms).toBeLessThan(3000);
});

test('in a visitor’s text, only URLs are parsed, and texts keep their offsets', () => {
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
