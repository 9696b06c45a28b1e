/** Finds the tests that leave rows in the table of `npm run test:security`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = [
  'scripts',
  'shared/src',
  'server/src',
  'server/test',
  'widget/src',
  'widget/test',
  'console/src',
  'console/test',
  'e2e/src',
];

/** Their paths below the root. @param {string} root */
export function securityTestFiles(root) {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.test\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  ).filter((path) => readFileSync(join(root, path), 'utf8').includes('addSecurityRow('));
}
