import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createRunFolder } from './run-folder.ts';
import { createTestFolder } from './test-folder.ts';

test('the folder of a killed run is removed, and that of one that runs is kept', () => {
  const inMemory = createTestFolder();
  const folderOf = (pid: number) => join(inMemory, `firstword-run-${pid}-abc`);
  const { pid: ended } = spawnSync(process.execPath, ['--version']);
  for (const pid of [ended, process.pid]) mkdirSync(join(folderOf(pid), 'postgres'), { recursive: true });
  expect(dirname(createRunFolder(inMemory, 0))).toBe(inMemory);
  expect(existsSync(folderOf(ended))).toBe(false);
  expect(existsSync(folderOf(process.pid))).toBe(true);
});

test.each([
  ['is missing', 'absent', 0],
  ['has no room', '.', Number.POSITIVE_INFINITY],
])('the folder is one of the temporary files where that in memory %s', (_, name, roomBytes) => {
  const folder = createRunFolder(join(createTestFolder(), name), roomBytes);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(dirname(folder)).toBe(tmpdir());
});
