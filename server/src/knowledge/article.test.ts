import { expect, test } from 'vitest';
import { articlesVersion, parseArticle, parseArticleLines } from './article.ts';

const urlOf = (id: string) => `/help/${id}`;

test('a Markdown file is read as its front matter and its text', () => {
  const source = '---\nid: returns\ntitle: "Returns"\nkeywords: [send back, refund]\n---\n\nWithin 30 days.\n';
  expect(parseArticle(source, 'returns.md', urlOf)).toEqual({
    id: 'returns',
    title: 'Returns',
    category: '',
    keywords: 'send back, refund',
    url: '/help/returns',
    body: 'Within 30 days.',
  });
});

test('each JSON line is one article; its own URL is kept, unknown fields are ignored', () => {
  const lines = [
    { id: 'a:1', title: 'One', body: 'First.', url: 'https://shop.example/1', lang: 'en' },
    { id: 'b', title: 'Two', body: 'Second.', keywords: ['x', 'y'] },
  ];
  const source = lines.map((line) => JSON.stringify(line)).join('\r\n\r\n');
  expect(parseArticleLines(source, 'help.jsonl', urlOf)).toEqual([
    { id: 'a:1', title: 'One', body: 'First.', url: 'https://shop.example/1', category: '', keywords: '' },
    { id: 'b', title: 'Two', body: 'Second.', url: '/help/b', category: '', keywords: 'x, y' },
  ]);
});

test.each([
  ['{"id":"a","title":"A","body":"x"}\n{"id":', 'help.jsonl:2: expected a JSON object'],
  ['[]', 'help.jsonl:1: expected a JSON object'],
  ['{"id":"a b","title":"A","body":"x"}', 'help.jsonl:1: "id" must be 1 to 200 characters without spaces or "#"'],
  ['{"id":"a","title":" ","body":"x"}', 'help.jsonl:1: "title" must not be empty'],
  ['{"id":"a","title":"A","body":"x","url":"javascript:alert(1)"}', 'help.jsonl:1: "url" must be an http(s) URL'],
  ['{"id":"a","title":"A","body":"x","url":"//evil.example"}', 'help.jsonl:1: "url" must be an http(s) URL'],
])('the error for the row %s names file, line and field', (source, message) => {
  expect(() => parseArticleLines(source, 'help.jsonl', urlOf)).toThrow(message);
});

test('keywords may be a YAML list', () => {
  const source = '---\nid: a # internal\ntitle: >-\n  How to\n  return\nkeywords:\n  - refund\n  - send back\n---\nx';
  expect(parseArticle(source, 'a.md', urlOf)).toMatchObject({
    id: 'a',
    title: 'How to return',
    keywords: 'refund, send back',
  });
});

test('the error for a Markdown file without front matter or title names the file', () => {
  expect(() => parseArticle('Just text', 'a.md', urlOf)).toThrow('a.md: the front matter is missing');
  expect(() => parseArticle('---\nid: a\ntitle: b: c\n---\nx', 'a.md', urlOf)).toThrow(/^a\.md:3:\d+: /);
  expect(() => parseArticle('---\nid: a\n---\nx', 'a.md', urlOf)).toThrow('a.md: "title" must not be empty');
});

test('the version changes with any article', () => {
  const [article] = parseArticleLines('{"id":"a","title":"A","body":"x"}', 'a.jsonl', urlOf);
  if (article === undefined) throw new Error('one article was given');
  expect(articlesVersion([article])).toBe(articlesVersion([{ ...article }]));
  expect(articlesVersion([{ ...article, body: 'y' }])).not.toBe(articlesVersion([article]));
});
