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

/** Records its arguments, and creates the programs to install in its own folder. */
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

test('programs that are installed are not installed again', async () => {
  program('redis-server');
  program('google-chrome');
  program('apt-get', APT_GET);
  expect(await install(true)).toEqual({ done: 'redis-server and chromium are installed', announced: [] });
});

test('as root, missing programs are announced and installed with apt, without questions and recommended packages', async () => {
  program('redis-server');
  program('apt-get', APT_GET);
  expect(await install(true)).toEqual({
    done: 'Installed chromium',
    announced: ['Installing chromium with apt-get (running as root)'],
  });
  expect(readFileSync(join(folder, 'calls'), 'utf8').split('\n')).toEqual([
    'noninteractive -o DPkg::Lock::Timeout=120 update',
    'noninteractive -o DPkg::Lock::Timeout=120 install -y --no-install-recommends chromium',
    '',
  ]);
});

test('other users get one line for each missing program that says how to install it', async () => {
  program('apt-get', APT_GET);
  await expect(install(false)).rejects.toThrow(
    /^redis-server is missing\. Install it .*or set REDIS_URL.*\.\nchromium is missing\. Install it .*CHROMIUM_PATH.*\.$/,
  );
});

test('root gets the same lines on a system without apt', async () => {
  await expect(install(true)).rejects.toThrow(/^redis-server is missing\. Install it/);
});

test('if apt fails, its output and the remedy are shown', async () => {
  program('apt-get', '[ "$3" = update ] || { echo "E: no space left"; exit 100; }');
  await expect(install(true)).rejects.toThrow(/E: no space left\nredis-server is missing/);
});

test('an installed program whose service apt could not start is enough', async () => {
  program('apt-get', `${APT_GET}\nexit 100`);
  expect((await install(true)).done).toBe('Installed redis-server and chromium');
});

test('CHROMIUM_PATH is preferred over browsers in PATH', () => {
  program('chromium');
  const own = program('my-browser');
  expect(findProgram(chromium({ CHROMIUM_PATH: own }), { PATH: folder })).toBe(own);
  expect(findProgram(chromium({ CHROMIUM_PATH: join(folder, 'absent') }), { PATH: folder })).toBe(
    join(folder, 'chromium'),
  );
});
