import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderErrorPage } from './error-page.ts';

test('docs/errors.md is the page that the catalogue renders; update it with `npm run docs:errors`', () => {
  expect(readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')).toBe(renderErrorPage());
});

test('every row has a cause and a remedy', () => {
  const rows = renderErrorPage()
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('|---'));
  expect(rows.length).toBeGreaterThan(60);
  for (const row of rows) expect(row.split(/(?<!\\)\|/).filter((cell) => cell.trim().length > 2)).toHaveLength(3);
});
