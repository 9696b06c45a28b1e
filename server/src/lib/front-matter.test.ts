import { expect, test } from 'vitest';
import { splitFrontMatter } from './front-matter.ts';

const read = (head: string) => Object.fromEntries(splitFrontMatter(`---\n${head}\n---\nText.`, 'a.md')?.fields ?? []);

test.each([
  ['block lists', 'keywords:\n  - refund\n  - send back', { keywords: ['refund', 'send back'] }],
  ['flow lists with quotes', 'keywords: ["a, b", "c"]', { keywords: ['a, b', 'c'] }],
  ['folded titles', 'title: >-\n  How to\n  return', { title: 'How to return' }],
  ['escaped quotes', 'title: "The \\"best\\""', { title: 'The "best"' }],
  ['comments', 'id: a # internal', { id: 'a' }],
  ['numbers and dates as written', 'id: 0042\nupdated: 2026-05-20', { id: '0042', updated: '2026-05-20' }],
  ['empty values', 'url:', { url: '' }],
])('YAML front matter may hold %s', (_, head, fields) => {
  expect(read(head)).toEqual(fields);
});

test('the text is what follows the second fence, with either kind of line ending', () => {
  expect(splitFrontMatter('---\r\nid: a\r\n---\r\n\r\nText.\r\n', 'a.md')?.body).toBe('Text.');
  expect(splitFrontMatter('---\nid: a\n---', 'a.md')?.body).toBe('');
  expect(splitFrontMatter('---\n---\nText.', 'a.md')?.fields.size).toBe(0);
});

test('a file that does not begin with a fence has no front matter', () => {
  expect(splitFrontMatter('Text.\n---\nid: a\n---\n', 'a.md')).toBeUndefined();
  expect(splitFrontMatter('---\nid: a\n', 'a.md')).toBeUndefined();
});

test.each([
  ['title: Returns: how', /^a\.md:2:\d+: the front matter is not valid YAML\. /],
  ['id: a\ntitle: "open', /^a\.md:\d+:\d+: the front matter is not valid YAML\. /],
  ['id: a\nid: b', /^a\.md:3:1: the front matter is not valid YAML\. Map keys must be unique/],
  ['- id', /^a\.md: the front matter must be a list of "name: value" lines$/],
])('%j is refused with file, line and column', (head, message) => {
  expect(() => read(head)).toThrow(message);
});

test('TOML front matter is read, and its errors name line and column', () => {
  expect(splitFrontMatter('+++\nid = "a"\n+++\nText.', 'a.md')).toEqual({
    fields: new Map([['id', 'a']]),
    body: 'Text.',
  });
  expect(() => splitFrontMatter('+++\nid = "a"\ntitle =\n+++\nx', 'a.md')).toThrow(
    /^a\.md:3:\d+: the front matter is not valid TOML\./,
  );
});
