import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';

// Real processes on a busy machine.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

const WATCHED = `
  import { watchParent } from ${JSON.stringify(new URL('./parent-watch.mjs', import.meta.url).href)};
  watchParent();
  setTimeout(() => process.exit(1), 15_000);
  process.on('SIGTERM', () => { console.log('ending'); process.exit(0); });
  console.log('watching');`;

/** npm may start a shell for the script. `true` after the semicolon keeps that shell from replacing itself by node. */
const NODE = 'node --input-type=module -e "$WATCHED"; true';
const withShell = `sh -c '${NODE}'; true`;

test.each([
  ['its parent', NODE],
  ['the parent of the shell above it', withShell],
])('the process gets SIGTERM when %s is killed', async (_what, command) => {
  const parent = spawn('sh', ['-c', command], {
    env: { ...process.env, WATCHED, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: parent.stdout });
  expect(await once(lines, 'line')).toEqual(['watching']);
  parent.kill('SIGKILL');
  expect(await once(lines, 'line')).toEqual(['ending']);
});
