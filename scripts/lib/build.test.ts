import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildStep } from './build.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'firstword-build-'));
  for (const workspace of ['shared', 'server', 'widget', 'console']) {
    mkdirSync(join(root, workspace, 'src'), { recursive: true });
    if (workspace === 'shared') continue;
    write(`${workspace}/vite.config.ts`, '');
    write(`${workspace}/package.json`, JSON.stringify({ scripts: { build: 'vite build' } }));
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(root, name), text);

/** Runs the step and returns which workspaces were built. */
async function build(breaks?: string) {
  const built: string[] = [];
  const step = buildStep({
    root,
    async run(_command, _args, { cwd = '' } = {}) {
      const workspace = basename(cwd);
      built.push(workspace);
      mkdirSync(join(cwd, 'dist'), { recursive: true });
      return workspace === breaks ? { code: 1, output: 'unexpected token' } : { code: 0, output: '' };
    },
  });
  return { done: await step(() => {}), built };
}

test('a fresh clone is built in order', async () => {
  expect(await build()).toEqual({ done: 'Built', built: ['widget', 'console', 'server'] });
});

test('an unchanged clone is not built again', async () => {
  await build();
  expect(await build()).toEqual({ done: 'The build is up to date', built: [] });
});

test.each(['shared/src/wire.ts', 'widget/src/panel.tsx', 'server/vite.config.ts', 'package-lock.json'])(
  'changing %s triggers a build',
  async (file) => {
    await build();
    write(file, 'changed');
    expect((await build()).built).toHaveLength(3);
  },
);

test('changing a test triggers no build', async () => {
  await build();
  write('server/src/config.test.ts', 'changed');
  expect((await build()).built).toEqual([]);
});

test('a missing dist folder triggers a build', async () => {
  await build();
  rmSync(join(root, 'console/dist'), { recursive: true });
  expect((await build()).built).toHaveLength(3);
});

test('after a failed build, the previous sources are built again', async () => {
  await build();
  write('server/src/main.ts', 'broken');
  await expect(build('server')).rejects.toThrow('Building server failed:\nunexpected token');
  rmSync(join(root, 'server/src/main.ts'));
  expect((await build()).built).toHaveLength(3);
});

test('a workspace without a vite.config.ts is skipped', async () => {
  rmSync(join(root, 'console/vite.config.ts'));
  expect((await build()).built).toEqual(['widget', 'server']);
});
