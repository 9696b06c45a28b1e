import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkArticlesDirectory } from './articles-directory.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'firstword-articles-'));

test('a folder with articles is accepted', () => {
  const path = folder();
  writeFileSync(join(path, 'returns.md'), '');
  expect(checkArticlesDirectory(path)).toBeUndefined();
});

test('a folder without articles is a warning that names it', () => {
  const path = folder();
  writeFileSync(join(path, 'README.md'), '');
  expect(checkArticlesDirectory(path)).toBe(
    `knowledge.directory: ${path} contains no Markdown files, so the assistant has no articles to answer from. Add some, or use \`npm run knowledge -- import\`.`,
  );
});

test('a missing folder and a file are refused', () => {
  const path = folder();
  writeFileSync(join(path, 'returns.md'), '');
  expect(() => checkArticlesDirectory(join(path, 'help'))).toThrow(
    `knowledge.directory: ${join(path, 'help')} does not exist. Set it to a folder of Markdown files, or remove "knowledge".`,
  );
  expect(() => checkArticlesDirectory(join(path, 'returns.md'))).toThrow('returns.md is not a folder.');
});
