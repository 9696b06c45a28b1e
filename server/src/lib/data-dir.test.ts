import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDataDir } from './data-dir.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'firstword-data-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;

test('a missing folder is created, accessible only to its owner', () => {
  const dataDir = createDataDir(join(parent, 'deep', 'data'));
  expect(modeOf(dataDir.path)).toBe(0o700);
  dataDir.release();
});

test('the error of a second start on the same folder names the folder and the process', () => {
  const dataDir = createDataDir(parent);
  expect(() => createDataDir(parent)).toThrow(
    `DATA_DIR: ${parent} is in use by another Firstword (pid ${process.pid}). Stop it, or set DATA_DIR to another folder.`,
  );
  dataDir.release();
});

test('two starts with different folders share nothing', () => {
  const first = createDataDir(join(parent, 'first'));
  const second = createDataDir(join(parent, 'second'));
  expect(first.secret('app')).not.toBe(second.secret('app'));
  first.release();
  second.release();
});

test('a released folder can be locked again', () => {
  createDataDir(parent).release();
  createDataDir(parent).release();
});

test('the lock of a crashed process is taken over', async () => {
  const dead = spawn(process.execPath, ['-e', '']);
  await once(dead, 'exit');
  writeFileSync(join(parent, 'lock'), `${dead.pid} 1`);
  createDataDir(parent).release();
});

test('the lock of a crashed process is taken over, even if another program has its pid', () => {
  writeFileSync(join(parent, 'lock'), `${process.pid} 1`);
  createDataDir(parent).release();
});

test('the lock of a killed process is taken over', async () => {
  const careless = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(careless.stdout, 'data');
  const pid = Number(line);
  const startedAt = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[21];
  writeFileSync(join(parent, 'lock'), `${pid} ${startedAt}`);
  expect(() => createDataDir(parent)).toThrow(`(pid ${pid})`);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => createDataDir(parent).release());
  careless.kill('SIGKILL');
});

test('an empty lock file does not block a start', () => {
  writeFileSync(join(parent, 'lock'), '');
  createDataDir(parent).release();
});

test('a process that lost the lock does not release it for a third one', () => {
  const lost = createDataDir(parent);
  writeFileSync(join(parent, 'lock'), 'another');
  lost.release();
  expect(readFileSync(join(parent, 'lock'), 'utf8')).toBe('another');
});

test('a secret of 32 bytes is created once, readable only by its owner', () => {
  const first = createDataDir(parent);
  const secret = first.secret('app');
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(first.secret('app')).toBe(secret);
  expect(first.secret('other')).not.toBe(secret);
  expect(modeOf(join(parent, 'app.secret'))).toBe(0o600);
  first.release();
  const second = createDataDir(parent);
  expect(second.secret('app')).toBe(secret);
  second.release();
});

test('a damaged secret is an error that names its file', () => {
  const dataDir = createDataDir(parent);
  writeFileSync(join(parent, 'app.secret'), 'short');
  expect(() => dataDir.secret('app')).toThrow(join(parent, 'app.secret'));
  dataDir.release();
});
