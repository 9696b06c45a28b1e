import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from './fingerprint.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'firstword-print-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/a.ts'), 'one');
  writeFileSync(join(root, 'lock.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const print = () => fingerprint(root, ['src', 'lock.json', 'absent'], (name) => name.endsWith('.test.ts'));

test('the hash stays the same when only modification times change', () => {
  const before = print();
  utimesSync(join(root, 'src/a.ts'), 1, 1);
  expect(print()).toBe(before);
});

test.each([
  ['changed content', 'src/a.ts', 'two'],
  ['a changed single file', 'lock.json', '{ }'],
  ['a new file', 'src/b.ts', 'one'],
])('the hash changes with %s', (_what, file, content) => {
  const before = print();
  writeFileSync(join(root, file), content);
  expect(print()).not.toBe(before);
});

test('the hash changes when a file is renamed', () => {
  const before = print();
  rmSync(join(root, 'src/a.ts'));
  writeFileSync(join(root, 'src/c.ts'), 'one');
  expect(print()).not.toBe(before);
});

test('skipped files do not count', () => {
  const before = print();
  writeFileSync(join(root, 'src/a.test.ts'), 'a test');
  expect(print()).toBe(before);
});
