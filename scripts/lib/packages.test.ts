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

/** Runs the step with an npm that ends with `code`; gives back what npm was asked. */
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
  expect(done).toBe('Packages are installed');
  expect(asked).toEqual([expect.stringMatching(/\bci --include=dev --ignore-scripts --no-audit --no-fund$/)]);
});

test('a second time nothing is done', async () => {
  await install();
  expect(await install()).toEqual({ done: 'Packages are in place', asked: [] });
});

test('a changed lock file is installed again', async () => {
  await install();
  write('package-lock.json', lock('2.0.0'));
  expect((await install()).asked).toHaveLength(1);
});

test('packages that someone installed by hand are taken as they are when they agree with the lock file', async () => {
  mkdirSync(join(root, 'node_modules'));
  write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }));
  expect((await install()).asked).toEqual([]);
});

test('packages that someone installed by hand are replaced when they do not agree', async () => {
  mkdirSync(join(root, 'node_modules'));
  write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '0.9.0' } } }));
  expect((await install()).asked).toHaveLength(1);
});

test('a failed installation shows npm’s words and is tried again the next time', async () => {
  await expect(install(1)).rejects.toThrow('Packages could not be installed:\nnpm error EUSAGE');
  expect(existsSync(join(root, 'node_modules', '.firstword-packages'))).toBe(false);
  expect((await install()).asked).toHaveLength(1);
});

test('the project’s lock file knows the packages of every kind of machine, or npm ci would refuse it', () => {
  const file = join(import.meta.dirname, '../../package-lock.json');
  const packages: Record<string, { optionalDependencies?: object }> = JSON.parse(readFileSync(file, 'utf8')).packages;
  const known = Object.keys(packages);
  const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  expect(wanted.filter((name) => !known.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
});
