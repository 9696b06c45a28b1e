import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteSpan, replyParts } from './marks.ts';

const evidence = { id: 'e1', kind: 'message', sourceId: '2', quote: 'charged twice', found: true } as const;

test('a quote is at the server’s offsets', () => {
  expect(quoteSpan('I was charged  twice today', { ...evidence, start: 6, end: 20 })).toEqual({ start: 6, end: 20 });
});

test('a quote without valid offsets is searched for', () => {
  expect(quoteSpan('I was charged twice', { ...evidence, start: 6, end: 400 })).toEqual({ start: 6, end: 19 });
  expect(quoteSpan('Something else', evidence)).toBeUndefined();
});

test('a quote that the server didn’t find is not highlighted, even if the text contains it', () => {
  expect(quoteSpan('I was charged twice', { ...evidence, found: false })).toBeUndefined();
});

const sentences = [
  { text: 'We are sorry.', citations: [], supported: true },
  { text: 'You get $20.', citations: [], supported: false, why: 'No source names an amount.' },
  { text: 'It takes 3 days.', citations: ['e1'], supported: true },
];

test('an unsupported sentence is a part of its own, with its reason', () => {
  const parts = replyParts('We are sorry. You get $20. It takes 3 days.', sentences);
  expect(parts.map(({ text, unsupported }) => [text, unsupported?.why])).toEqual([
    ['We are sorry. ', undefined],
    ['You get $20.', 'No source names an amount.'],
    [' It takes 3 days.', undefined],
  ]);
});

test('a sentence that the agent changed is no longer marked', () => {
  expect(replyParts('We are sorry. You get $10.', sentences).some(({ unsupported }) => unsupported)).toBe(false);
});

test('the joined parts always equal the text', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (text, unsupported) => {
      const parts = replyParts(
        text,
        unsupported.map((sentence) => ({ text: sentence, citations: [], supported: false })),
      );
      expect(parts.map((part) => part.text).join('')).toBe(text);
    }),
  );
});
