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

test('it stays when only times change', () => {
  const before = print();
  utimesSync(join(root, 'src/a.ts'), 1, 1);
  expect(print()).toBe(before);
});

test.each([
  ['a content', 'src/a.ts', 'two'],
  ['a single file', 'lock.json', '{ }'],
  ['a new file', 'src/b.ts', 'one'],
])('it changes with %s', (_what, file, content) => {
  const before = print();
  writeFileSync(join(root, file), content);
  expect(print()).not.toBe(before);
});

test('it changes with a name', () => {
  const before = print();
  rmSync(join(root, 'src/a.ts'));
  writeFileSync(join(root, 'src/c.ts'), 'one');
  expect(print()).not.toBe(before);
});

test('what is left out does not count', () => {
  const before = print();
  writeFileSync(join(root, 'src/a.test.ts'), 'a test');
  expect(print()).toBe(before);
});
