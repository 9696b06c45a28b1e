import { expect, test } from 'vitest';
import { articlesVersion, parseArticle, parseArticleLines } from './article.ts';

const urlOf = (id: string) => `/help/${id}`;

test('a Markdown file gives its front matter and its text', () => {
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

test('JSON lines give one article each; an address of its own is kept, fields of others are left out', () => {
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
  ['{"id":"a","title":"A","body":"x"}\n{"id":', 'help.jsonl:2: is not a JSON object'],
  ['[]', 'help.jsonl:1: is not a JSON object'],
  ['{"id":"a b","title":"A","body":"x"}', 'help.jsonl:1: "id" must be 1 to 200 characters without spaces and "#"'],
  ['{"id":"a","title":" ","body":"x"}', 'help.jsonl:1: "title" must not be empty'],
  ['{"id":"a","title":"A","body":"x","url":"javascript:alert(1)"}', 'help.jsonl:1: "url" must be an http(s) address'],
  ['{"id":"a","title":"A","body":"x","url":"//evil.example"}', 'help.jsonl:1: "url" must be an http(s) address'],
])('the row %s is named with its line', (source, message) => {
  expect(() => parseArticleLines(source, 'help.jsonl', urlOf)).toThrow(message);
});

test('a Markdown file without front matter or title is named', () => {
  expect(() => parseArticle('Just text', 'a.md', urlOf)).toThrow('a.md: expected front matter');
  expect(() => parseArticle('---\nid: a\n---\nx', 'a.md', urlOf)).toThrow('a.md: "title" must not be empty');
});

test('the version changes with any article', () => {
  const [article] = parseArticleLines('{"id":"a","title":"A","body":"x"}', 'a.jsonl', urlOf);
  if (article === undefined) throw new Error('one article was given');
  expect(articlesVersion([article])).toBe(articlesVersion([{ ...article }]));
  expect(articlesVersion([{ ...article, body: 'y' }])).not.toBe(articlesVersion([article]));
});
