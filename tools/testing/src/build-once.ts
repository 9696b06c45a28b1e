/** Builds a workspace for tests of its build, unless that is newer than every source. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** @param built the file of `dist` that the build writes last @param settings what it reads besides `src` */
export function buildOnce(workspace: string, built: string, settings: readonly string[]): void {
  const folder = join(root, workspace);
  const builtAt = statSync(join(folder, 'dist', built), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = [newest(join(folder, 'src')), newest(join(root, 'shared/src'))];
  const changedAt = Math.max(...sources, ...settings.map((file) => statSync(join(folder, file)).mtimeMs));
  if (builtAt > changedAt) return;
  // The test runner's NODE_ENV would build something else than what ships.
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync('npm', ['run', 'build'], { cwd: folder, stdio: 'inherit', env });
}

/** Tests of the sources are not part of a build. */
function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name),
  );
  return Math.max(...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs));
}
