import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chromium, findProgram, programsStep, redisServer } from './programs.mjs';
import { createRunner } from './runner.mjs';

let folder: string;
let runner: ReturnType<typeof createRunner>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstword-bin-'));
  runner = createRunner();
});
afterEach(() => {
  runner.release();
  rmSync(folder, { recursive: true, force: true });
});

function program(name: string, script = 'exit 0'): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Notes how it was called, and puts what it is told to install beside itself. */
const APT_GET = `
echo "$DEBIAN_FRONTEND $*" >> "\${0%/*}/calls"
[ "$3" = install ] || exit 0
shift 5
for name; do printf '#!/bin/sh\\n' > "\${0%/*}/$name"; /bin/chmod +x "\${0%/*}/$name"; done`;

async function install(isRoot: boolean) {
  const env = { PATH: folder };
  const announced: string[] = [];
  const programs = [redisServer, chromium(env)];
  const step = programsStep({
    programs,
    run: (_name, ...rest) => runner.run(join(folder, 'apt-get'), ...rest),
    env,
    isRoot,
  });
  return { done: await step((text) => announced.push(text)), announced };
}

test('programs that are there are left alone', async () => {
  program('redis-server');
  program('google-chrome');
  program('apt-get', APT_GET);
  expect(await install(true)).toEqual({ done: 'redis-server and chromium are in place', announced: [] });
});

test('root installs with apt what is missing, without questions and recommendations', async () => {
  program('redis-server');
  program('apt-get', APT_GET);
  expect(await install(true)).toEqual({ done: 'chromium is installed', announced: ['Installing chromium'] });
  expect(readFileSync(join(folder, 'calls'), 'utf8').split('\n')).toEqual([
    'noninteractive -o DPkg::Lock::Timeout=120 update',
    'noninteractive -o DPkg::Lock::Timeout=120 install -y --no-install-recommends chromium',
    '',
  ]);
});

test('who is not root is told in one line for each what to do', async () => {
  program('apt-get', APT_GET);
  await expect(install(false)).rejects.toThrow(
    /^redis-server is missing: install it .*or set REDIS_URL.*\.\nchromium is missing: install it .*CHROMIUM_PATH\.$/,
  );
});

test('root of a system without apt is told the same', async () => {
  await expect(install(true)).rejects.toThrow(/^redis-server is missing: install it/);
});

test('when apt fails, its words and the remedy are shown', async () => {
  program('apt-get', '[ "$3" = update ] || { echo "E: no space left"; exit 100; }');
  await expect(install(true)).rejects.toThrow(/E: no space left\nredis-server is missing/);
});

test('CHROMIUM_PATH comes before what is found by name', () => {
  program('chromium');
  const own = program('my-browser');
  expect(findProgram(chromium({ CHROMIUM_PATH: own }), { PATH: folder })).toBe(own);
  expect(findProgram(chromium({ CHROMIUM_PATH: join(folder, 'absent') }), { PATH: folder })).toBe(
    join(folder, 'chromium'),
  );
});
