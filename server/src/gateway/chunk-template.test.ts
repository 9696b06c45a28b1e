import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createChunkTemplate } from './chunk-template.ts';

const chunk = (content: string, more = '') =>
  `{"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":${JSON.stringify(content)}${more}}}],"usage":null}`;

test('the text of a chunk like the learned one is extracted, whatever the text', () => {
  const template = createChunkTemplate();
  expect(template.textOf(chunk('One'))).toBeUndefined();
  template.learn(chunk('One'), 'One');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      expect(template.textOf(chunk(text))).toBe(text);
    }),
  );
});

test('a chunk that differs elsewhere must be parsed', () => {
  const template = createChunkTemplate();
  template.learn(chunk('One'), 'One');
  expect(template.textOf(chunk('Two', ',"tool_calls":[{}]'))).toBeUndefined();
  expect(template.textOf(chunk('').replace('"content":""', '"content":null'))).toBeUndefined();
  expect(template.textOf(chunk('Two').replace('c1', 'c2'))).toBeUndefined();
  expect(template.textOf(chunk('Two","role":"assistant').replaceAll('\\', ''))).toBeUndefined();
  expect(template.textOf(chunk(''))).toBeUndefined();
});

test("nothing is learned when the text's position is ambiguous", () => {
  const template = createChunkTemplate();
  template.learn(chunk('One', ',"content":"One"'), 'One');
  expect(template.textOf(chunk('Two', ',"content":"One"'))).toBeUndefined();
});
