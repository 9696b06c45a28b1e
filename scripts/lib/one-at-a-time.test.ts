import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { oneAtATime } from './one-at-a-time.mjs';

// Real processes on a busy machine.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'firstword-turn-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a second command announces that it waits, and begins when the first is done', async () => {
  const order: string[] = [];
  let sayWaiting = () => {};
  const secondWaits = new Promise<void>((resolve) => {
    sayWaiting = resolve;
  });
  const first = oneAtATime(root, async () => {
    order.push('first begins');
    await secondWaits;
    order.push('first ends');
  })(() => {});
  const second = oneAtATime(root, async () => order.push('second begins'))(sayWaiting);
  await Promise.all([first, second]);
  expect(order).toEqual(['first begins', 'first ends', 'second begins']);
});

test('a failure releases the lock', async () => {
  const failing = oneAtATime(root, async () => {
    throw new Error('no space left');
  });
  await expect(failing(() => {})).rejects.toThrow('no space left');
  expect(await oneAtATime(root, async () => 'done')(() => {})).toBe('done');
});

test('different folders do not wait for each other', async () => {
  const inner = oneAtATime(join(root, 'other'), async () => 'both at once');
  expect(await oneAtATime(root, () => inner(() => {}))(() => {})).toBe('both at once');
});

test('a killed holder does not keep the lock', async () => {
  const code = `
    import { oneAtATime } from ${JSON.stringify(new URL('./one-at-a-time.mjs', import.meta.url).href)};
    await oneAtATime(${JSON.stringify(root)}, () => new Promise(() => console.log('begun')))(() => {});`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(createInterface({ input: holder.stdout }), 'line');
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await oneAtATime(root, async () => 'done')(() => {})).toBe('done');
});
