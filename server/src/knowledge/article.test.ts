import { expect, test } from 'vitest';
import { articlesVersion, checkedArticle } from './article.ts';

const article = { id: 'a', title: 'A', body: 'x', url: '' };

test.each([
  [{ ...article, id: 'a b' }, 'help.md: "id" must be 1 to 200 characters without spaces or "#"'],
  [{ ...article, title: ' ' }, 'help.md: "title" must not be empty'],
  [{ ...article, url: 'javascript:alert(1)' }, 'help.md: "url" must be an http(s) URL'],
  [{ ...article, url: '//evil.example' }, 'help.md: "url" must be an http(s) URL'],
])('%j is refused with its place and field', (fields, message) => {
  expect(() => checkedArticle(fields, 'help.md')).toThrow(message);
});

test('the version changes with any article', () => {
  const checked = checkedArticle(article, 'a');
  expect(articlesVersion([checked])).toBe(articlesVersion([{ ...checked }]));
  expect(articlesVersion([{ ...checked, body: 'y' }])).not.toBe(articlesVersion([checked]));
});
