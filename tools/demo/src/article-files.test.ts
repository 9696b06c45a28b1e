import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readArticles } from './article-files.ts';

const directory = join(import.meta.dirname, '../content/articles');

test('every article has a unique id, a plain title and a body of 120 to 350 words', async () => {
  const articles = await readArticles(directory);
  expect(new Set(articles.map(({ id }) => id)).size).toBe(articles.length);
  for (const { id, title, body, updated } of articles) {
    const words = body.split(/\s+/).length;
    expect(words, id).toBeGreaterThanOrEqual(120);
    expect(words, id).toBeLessThanOrEqual(350);
    expect(title).not.toContain(':');
    expect(updated).toMatch(/^\d{4}-\d\d-\d\d$/);
  }
});

test('the error for a missing field names the file and the field', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'articles-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'late.md'), '---\nid: late\ntitle: Late\n---\n\nText.\n');
  await expect(readArticles(folder)).rejects.toThrow('late.md: the front matter has no "category"');
});
