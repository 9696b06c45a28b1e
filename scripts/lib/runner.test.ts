import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRunner } from './runner.mjs';

// Real processes on a busy machine.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let runner: ReturnType<typeof createRunner>;
beforeEach(() => {
  runner = createRunner();
});
afterEach(() => runner.release());

/** A zombie (state Z) counts as ended. */
function lives(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
const gone = (pid: number) => vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 5000, interval: 20 });

test('returns the exit code and all output', async () => {
  const end = await runner.run('sh', ['-c', 'echo out; echo err >&2; exit 3']);
  expect(end.code).toBe(3);
  expect(end.output.split('\n').sort()).toEqual(['', 'err', 'out']);
});

test('a missing program ends with 127', async () => {
  const { code, output } = await runner.run('no-such-program', []);
  expect(code).toBe(127);
  expect(output).toContain('no-such-program');
});

test('after the timeout a program and its descendants are killed', async () => {
  const { code, output } = await runner.run('sh', ['-c', 'sleep 60 & echo $!; wait'], { timeoutMs: 300 });
  expect(code).toBe(124);
  await gone(Number(output));
});

test('on SIGTERM, running programs end before this process', async () => {
  const code = `
    import { createRunner } from ${JSON.stringify(new URL('./runner.mjs', import.meta.url).href)};
    const { run } = createRunner();
    await run('sh', ['-c', 'sleep 60 & echo $!; wait'], { show: true });`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [pid] = await once(createInterface({ input: parent.stdout }), 'line');
  parent.kill('SIGTERM');
  const [exitCode] = await once(parent, 'exit');
  expect(exitCode).toBe(143);
  await gone(Number(pid));
});
