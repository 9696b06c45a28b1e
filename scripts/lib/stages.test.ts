import { EventEmitter, once } from 'node:events';
import { expect, test } from 'vitest';
import { runStages } from './stages.mjs';

const stage = (name: string, passed: number, failed: number, output?: string) => ({
  name,
  check: async () => ({ passed, failed, skipped: 0, ...(output === undefined ? {} : { output }) }),
});

async function outcome(...stages: Parameters<typeof runStages>[0]) {
  const lines: string[] = [];
  const failed = await runStages(stages, (text) => lines.push(...text.split('\n')));
  return { failed, lines };
}

test('the last line has only the totals', async () => {
  const { failed, lines } = await outcome(stage('types', 1, 0), stage('tests', 40, 2));
  expect(lines.at(-1)).toBe('41 passed, 2 failed');
  expect(lines.at(-2)).toBe('');
  expect(failed).toBe(2);
});

test('all stages run, also after a failure', async () => {
  const broken = { name: 'broken', check: () => Promise.reject(new Error('no such program')) };
  const { failed, lines } = await outcome(broken, stage('tests', 3, 0));
  expect(lines).toContain('no such program');
  expect(lines.at(-1)).toBe('3 passed, 1 failed');
  expect(failed).toBe(1);
});

test('stages of an inner list run at the same time, and are listed in order', async () => {
  const starts = new EventEmitter();
  const first = { name: 'first', check: () => once(starts, 'second').then(stage('', 1, 0).check) };
  const second = {
    name: 'second',
    check: async () => {
      starts.emit('second');
      return stage('', 2, 0).check();
    },
  };
  const { lines } = await outcome([first, second]);
  expect(lines.filter((line) => line.includes(': passed')).map((line) => line.split(':')[0])).toEqual([
    'first',
    'second',
  ]);
  expect(lines.at(-1)).toBe('3 passed, 0 failed');
});

test('the output of a stage is printed only if something failed', async () => {
  const { lines } = await outcome(stage('types', 1, 0, 'quiet'), stage('lint', 0, 1, 'a finding'));
  expect(lines).toContain('a finding');
  expect(lines).not.toContain('quiet');
});

test('the table has one row for each stage and one column for each count', async () => {
  const { lines } = await outcome(stage('types', 1, 0), stage('browser tests', 12, 0));
  const table = lines.slice(
    lines.findIndex((line) => line.startsWith('stage ')),
    -2,
  );
  expect(table.map((line) => line.split(/ {2,}/).slice(0, 3))).toEqual([
    ['stage', 'passed', 'failed'],
    ['types', '1', '0'],
    ['browser tests', '12', '0'],
  ]);
  expect(new Set(table.map((line) => line.length)).size).toBe(1);
});
