import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readArticlesDirectory } from './articles-directory.ts';

let path: string;
let warnings: string[];
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'firstword-articles-'));
  warnings = [];
});
afterEach(() => rmSync(path, { recursive: true }));

const read = (folder = path) => readArticlesDirectory(folder, (line) => warnings.push(line));

test('the articles are read, and a file without an article causes a warning', async () => {
  writeFileSync(join(path, 'returns.md'), '# Returns\n\nWithin 30 days.');
  writeFileSync(join(path, 'draft.md'), '---\ntitle: Draft\n---\n');
  expect(await read()).toMatchObject([{ id: 'returns', title: 'Returns', url: '', body: 'Within 30 days.' }]);
  expect(warnings).toEqual(['knowledge.directory: skipped draft.md: has no text']);
});

test('a folder without articles causes a warning that names it', async () => {
  expect(await read()).toEqual([]);
  expect(warnings).toEqual([
    `knowledge.directory: ${path} contains no articles (.md, .mdx, .html, .pdf, .txt, .csv, .json or .jsonl), so the assistant has nothing to answer from. Add some, or use \`npm run knowledge -- import\`.`,
  ]);
});

test('a missing folder and a file are refused', async () => {
  writeFileSync(join(path, 'returns.md'), '');
  await expect(read(join(path, 'help'))).rejects.toThrow(
    `knowledge.directory: ${join(path, 'help')} does not exist. Set it to a folder of articles, or remove "knowledge".`,
  );
  await expect(read(join(path, 'returns.md'))).rejects.toThrow('returns.md is not a folder.');
});
