/** Builds widget, console, server and demo if their sources have changed. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { StepFailed } from './steps.mjs';

/** In build order. */
const WORKSPACES = ['widget', 'console', 'server', 'tools/demo'];
const NOT_SOURCES = /^(node_modules|dist|test|\..*|.*\.test\.tsx?)$/;

/** @param {string} root */
export function builtWorkspaces(root) {
  return WORKSPACES.filter((workspace) => existsSync(join(root, workspace, 'vite.config.ts')));
}

/** @param {string} root */
export const buildStampFile = (root) => join(root, '.tsbuild', 'built');

/**
 * A step that brings every workspace's `dist` up to date.
 * @param {{ root: string, run: import('./runner.mjs').Run, timeoutMs?: number }} options
 * @returns {(announce: import('./steps.mjs').Announce) => Promise<string>}
 */
export function buildStep({ root, run, timeoutMs = 300_000 }) {
  return oneAtATime(root, async (announce) => {
    const stampFile = buildStampFile(root);
    const workspaces = builtWorkspaces(root);
    const sources = ['package-lock.json', 'tsconfig.base.json', 'shared', ...workspaces];
    const wanted = fingerprint(root, sources, (name) => NOT_SOURCES.test(name));
    const complete = workspaces.every((workspace) => existsSync(join(root, workspace, 'dist')));
    if (complete && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted)
      return 'The build is up to date';
    rmSync(stampFile, { force: true }); // an interrupted build must not count as up to date
    for (const [index, workspace] of workspaces.entries()) {
      announce(`Building ${workspace} (${index + 1} of ${workspaces.length})`);
      // Run the workspace's build script directly: npm would add a second of start-up.
      const { scripts } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'));
      const { code, output } = await run('sh', ['-c', scripts.build], {
        cwd: join(root, workspace),
        env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` },
        timeoutMs,
      });
      if (code !== 0) throw new StepFailed(`Building ${workspace} failed:\n${output.trim()}`);
    }
    mkdirSync(join(root, '.tsbuild'), { recursive: true });
    writeFileSync(stampFile, wanted);
    return 'Built';
  });
}
