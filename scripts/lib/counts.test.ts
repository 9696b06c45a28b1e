import { expect, test } from 'vitest';
import { countTests } from './counts.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});
const report = (...testResults: object[]) => JSON.stringify({ testResults });

test('passed, failed and skipped tests are counted over all files', () => {
  const json = report(file('passed', 'passed', 'passed', 'pending'), file('failed', 'passed', 'failed', 'todo'));
  expect(countTests(json, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

test('a file that could not be loaded counts as one failure', () => {
  expect(countTests(report(file('passed', 'passed'), file('failed')), 1)).toMatchObject({ passed: 1, failed: 1 });
});

test('an error outside of all tests counts as one failure', () => {
  expect(countTests(report(file('passed', 'passed')), 1)).toMatchObject({ passed: 1, failed: 1 });
});

test.each([undefined, '', '{"testResults":[{', '{}'])('a crash that leaves the report %j is one failure', (json) => {
  expect(countTests(json, 134)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
