/** Builds what the browsers and the server run, when its sources have changed. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { StepFailed } from './steps.mjs';

/** In the order of building: the server comes last, it serves the others. */
const WORKSPACES = ['widget', 'console', 'server', 'tools/demo'];
const NOT_SOURCES = /^(node_modules|dist|test|\..*|.*\.test\.tsx?)$/;

/** @param {string} root */
export function builtWorkspaces(root) {
  return WORKSPACES.filter((workspace) => existsSync(join(root, workspace, 'vite.config.ts')));
}

/** @param {string} root */
export const buildStampFile = (root) => join(root, '.tsbuild', 'built');

/**
 * A step: every workspace's `dist` belongs to the sources as they are.
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
    rmSync(stampFile, { force: true }); // a build that stops halfway belongs to no sources
    for (const [index, workspace] of workspaces.entries()) {
      announce(`Building ${workspace} (${index + 1} of ${workspaces.length})`);
      // The workspace's own build script, without npm's second of start-up around it.
      const { scripts } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'));
      const { code, output } = await run('sh', ['-c', scripts.build], {
        cwd: join(root, workspace),
        env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` },
        timeoutMs,
      });
      if (code !== 0) throw new StepFailed(`${workspace} could not be built:\n${output.trim()}`);
    }
    mkdirSync(join(root, '.tsbuild'), { recursive: true });
    writeFileSync(stampFile, wanted);
    return 'The build is done';
  });
}
