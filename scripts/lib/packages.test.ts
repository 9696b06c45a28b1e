import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packagesStep } from './packages.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'firstword-packages-'));
  write('package-lock.json', lock('1.0.0'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(root, name), text);
const lock = (version: string) =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/a': { version }, 'node_modules/for-another-system': { version, optional: true } },
  });

/** Runs the step with an npm that exits with `code`; returns npm's arguments. */
async function install(code = 0) {
  const asked: string[] = [];
  const step = packagesStep({
    root,
    async run(_command, args) {
      asked.push(args.join(' '));
      mkdirSync(join(root, 'node_modules'), { recursive: true });
      return { code, output: 'npm error EUSAGE' };
    },
  });
  return { done: await step(() => {}), asked };
}

test('a fresh clone is installed from the lock file, without install scripts and with what the build needs', async () => {
  const { done, asked } = await install();
  expect(done).toBe('Packages installed');
  expect(asked).toEqual([expect.stringMatching(/\bci --include=dev --ignore-scripts --no-audit --no-fund$/)]);
});

test('an unchanged lock file is not installed again', async () => {
  await install();
  expect(await install()).toEqual({ done: 'Packages are up to date', asked: [] });
});

test('a changed lock file is installed again', async () => {
  await install();
  write('package-lock.json', lock('2.0.0'));
  expect((await install()).asked).toHaveLength(1);
});

test('packages installed by hand are kept if they match the lock file', async () => {
  mkdirSync(join(root, 'node_modules'));
  write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }));
  expect((await install()).asked).toEqual([]);
});

test('packages installed by hand are replaced if they do not match', async () => {
  mkdirSync(join(root, 'node_modules'));
  write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '0.9.0' } } }));
  expect((await install()).asked).toHaveLength(1);
});

test('a failed installation shows npm’s output and is repeated the next time', async () => {
  await expect(install(1)).rejects.toThrow('npm ci failed:\nnpm error EUSAGE');
  expect(existsSync(join(root, 'node_modules', '.firstword-packages'))).toBe(false);
  expect((await install()).asked).toHaveLength(1);
});

test('the lock file has the optional packages of every platform, or npm ci would refuse it', () => {
  const file = join(import.meta.dirname, '../../package-lock.json');
  const packages: Record<string, { optionalDependencies?: object }> = JSON.parse(readFileSync(file, 'utf8')).packages;
  const known = Object.keys(packages);
  const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  expect(wanted.filter((name) => !known.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
});
