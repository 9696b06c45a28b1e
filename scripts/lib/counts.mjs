/** Reads from a test runner's JSON report how many tests passed and failed. A run without a report counts as failed. */

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 *
 * @typedef {object} Report As vitest's JSON reporter writes it, as far as we read it.
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults
 */

/**
 * @param {string | undefined} json Undefined: no report was written.
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countTests(json, exitCode) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of readReport(json)) {
    const failed = assertionResults.filter((test) => test.status === 'failed').length;
    const passed = assertionResults.filter((test) => test.status === 'passed').length;
    counts.passed += passed;
    counts.skipped += assertionResults.length - passed - failed;
    // A file that could not be loaded has failed without a test in it.
    counts.failed += status === 'failed' ? Math.max(failed, 1) : failed;
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/**
 * @param {string | undefined} json
 * @returns {Report['testResults']}
 */
function readReport(json) {
  try {
    return JSON.parse(json ?? '').testResults ?? [];
  } catch {
    return []; // cut off by a crash, which the exit code shows
  }
}
