/** The table of `npm run test:security`: what was tried against the product, and what came of it. */

/**
 * @typedef {object} SecurityRow As `addSecurityRow` leaves it in a test that has passed.
 * @property {string} id
 * @property {string} tried
 * @property {string} result
 *
 * @typedef {object} TestReport As vitest's JSON reporter writes it, as far as we read it.
 * @property {{ name: string, status: string, assertionResults: { status: string, fullName: string, meta?: { securityRow?: SecurityRow } }[] }[]} testResults
 */

/** Every attack of the list must have a row. */
export const ATTACKS = Array.from({ length: 38 }, (_, index) => `S${String(index + 1).padStart(2, '0')}`);

/** @param {readonly string[]} reports JSON texts */
export function readSecurityRows(reports) {
  const files = reports.flatMap((json) => /** @type {TestReport} */ (JSON.parse(json)).testResults);
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const rows = tests.flatMap(({ status, meta }) =>
    status === 'passed' && meta?.securityRow !== undefined ? [meta.securityRow] : [],
  );
  return {
    rows: rows.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1)),
    // `S08 flood` is one of several ways in which S08 is tried.
    missing: ATTACKS.filter((attack) => !rows.some(({ id }) => id.split(' ')[0] === attack)),
    failed: [
      ...tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
      // A file that could not be loaded has failed without a test in it.
      ...files
        .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
        .map(({ name }) => name),
    ],
  };
}

/** Numbered attacks come first. @param {SecurityRow} row */
const sortKey = ({ id, tried }) => `${/^S\d\d\b/.test(id) ? '' : '~'}${id} ${tried}`;

/** @param {ReturnType<typeof readSecurityRows>} found */
export function securityTable({ rows, missing, failed }) {
  const lines = rows.map(({ id, tried, result }) => [id, tried, result]);
  const widths = [0, 1].map((column) => Math.max(0, ...lines.map((cells) => cells[column]?.length ?? 0)));
  const table = [['id', 'tried', 'result'], ...lines].map(
    ([id = '', tried = '', result = '']) => `${id.padEnd(widths[0] ?? 0)}  ${tried.padEnd(widths[1] ?? 0)}  ${result}`,
  );
  const covered = ATTACKS.length - missing.length;
  return [
    ...table,
    '',
    `${covered} of ${ATTACKS.length} attacks are tested${missing.length > 0 ? `; without a row: ${missing.join(' ')}` : ''}`,
    ...failed.map((name) => `failed: ${name}`),
  ].join('\n');
}
