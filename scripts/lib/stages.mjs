/** Runs all test stages, also after failures, and prints a table, then only the totals on the last line. */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {() => Promise<import('./counts.mjs').Counts & { output?: string }>} check
 *   `output` is printed if something failed. An exception counts as one failure.
 */

/**
 * @param {readonly (Stage | readonly Stage[])[]} stages Those of an inner list run at the same time.
 * @param {(text: string) => void} print One line, or several.
 * @returns {Promise<number>} How many failed.
 */
export async function runStages(stages, print) {
  /** @type {{ name: string, passed: number, failed: number, skipped: number, time: string }[]} */
  const rows = [];
  for (const group of stages) {
    for (const { output, ...row } of await Promise.all([group].flat().map(runStage))) {
      if (row.failed > 0 && output) print(output.trim());
      print(`${row.name}: ${row.failed > 0 ? 'failed' : 'passed'} (${row.time})`);
      rows.push(row);
    }
  }
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ field) =>
    rows.reduce((total, row) => total + row[field], 0);
  print('');
  print(tableOf(rows.map((row) => [row.name, row.passed, row.failed, row.skipped, row.time].map(String))));
  print('');
  print(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed');
}

/** @param {Stage} stage */
async function runStage({ name, check }) {
  const startedAt = performance.now();
  const { passed, failed, skipped, output } = await check().catch((error) => ({
    passed: 0,
    failed: 1,
    skipped: 0,
    output: error instanceof Error ? error.message : String(error),
  }));
  return { name, passed, failed, skipped, output, time: `${((performance.now() - startedAt) / 1000).toFixed(1)} s` };
}

/** @param {string[][]} rows */
function tableOf(rows) {
  const all = [['stage', 'passed', 'failed', 'skipped', 'time'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const align = (/** @type {string} */ text, /** @type {number} */ column) =>
    column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0);
  return all.map((row) => row.map(align).join('  ')).join('\n');
}
