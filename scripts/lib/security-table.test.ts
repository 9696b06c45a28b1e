import { expect, test } from 'vitest';
import { ATTACKS, readSecurityRows, securityTable } from './security-table.mjs';

const row = (id: string) => ({
  status: 'passed',
  fullName: `test of ${id}`,
  meta: { securityRow: { id, tried: '3 origins', result: '0 admitted' } },
});
const report = (...assertionResults: object[]) =>
  JSON.stringify({ testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults }] });

test('rows of all reports are one table, by number, and the attacks without a row are named', () => {
  const found = readSecurityRows([
    report(row('S02'), { status: 'passed', fullName: 'another', meta: {} }),
    report(row('audit'), row('S01')),
  ]);
  expect(found.rows.map(({ id }) => id)).toEqual(['S01', 'S02', 'audit']);
  expect(found.missing).toEqual(ATTACKS.slice(2));
  expect(securityTable(found)).toMatch(
    /^id +tried +result\nS01 +3 origins +0 admitted\n.*2 of 38 attacks are tested; without a row: S03 /s,
  );
});

test('an attack that is tried in several named ways has a row, sorted by its number', () => {
  const found = readSecurityRows([report(row('S10'), row('S08 flood'), row('audit'), row('S080'))]);
  expect(found.rows.map(({ id }) => id)).toEqual(['S08 flood', 'S10', 'S080', 'audit']);
  expect(found.missing).toEqual(ATTACKS.filter((id) => id !== 'S08' && id !== 'S10'));
});

test('a test that failed has no row and is named, and so is a file that could not be loaded', () => {
  const failed = { ...row('S01'), status: 'failed' };
  const unloaded = JSON.stringify({ testResults: [{ name: 'b.test.ts', status: 'failed', assertionResults: [] }] });
  const found = readSecurityRows([report(failed), unloaded]);
  expect(found.rows).toEqual([]);
  expect(found.failed).toEqual(['test of S01', 'b.test.ts']);
});
