import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from './config.ts';
import { readSecretFiles } from './secret-files.ts';

function secretFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstword-secret-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'secret'), text);
  return join(folder, 'secret');
}

test('a setting is read from the file that its _FILE names, without the line end', () => {
  const path = secretFile('redis://firstword:pass@redis:6379\n');
  expect(readConfig({ REDIS_URL_FILE: path }).redisUrl).toBe('redis://firstword:pass@redis:6379');
  expect(readConfig({ REDIS_URL_FILE: path }).warnings).toEqual([]);
});

test('both at once, and a file that cannot be read, end the start with the fix', () => {
  expect(() => readConfig({ REDIS_URL_FILE: secretFile('x'), REDIS_URL: 'redis://redis' })).toThrow(
    'REDIS_URL_FILE: is set together with REDIS_URL. Remove one of them.',
  );
  expect(() => readConfig({ APP_SECRET_FILE: '/nowhere/secret' })).toThrow(/^APP_SECRET_FILE: cannot read "\/nowhere/);
  expect(readSecretFiles({ APP_SECRET_FILE: '' })).toEqual({ values: {}, faults: [] });
});
