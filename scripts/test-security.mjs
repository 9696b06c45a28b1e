/** `npm run test:security`: the tests that attack the product, and one table of what they tried. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { chromium, findProgram } from './lib/programs.mjs';
import { securityTestFiles } from './lib/security-files.mjs';
import { readSecurityRows, securityTable } from './lib/security-table.mjs';

const { root, run } = bootstrap();
const report = join(root, '.tsbuild', 'security.json');
rmSync(report, { force: true });
const path = findProgram(chromium(process.env), process.env);
await run(
  process.execPath,
  [
    join(root, 'node_modules/.bin/vitest'),
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...securityTestFiles(root),
  ],
  { env: path === undefined ? process.env : { ...process.env, CHROMIUM_PATH: path }, show: true },
);
const found = readSecurityRows([readFileSync(report, 'utf8')]);
console.log(`\n${securityTable(found)}`);
process.exitCode = found.failed.length + found.missing.length === 0 ? 0 : 1;
