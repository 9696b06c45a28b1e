/** Builds the widget before its tests, unless the build is newer than every source. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const widget = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(...files.map(({ parentPath, name }) => statSync(path.join(parentPath, name)).mtimeMs));
}

function builtAt(): number {
  return statSync(path.join(widget, 'dist/widget.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

export function setup() {
  const settings = ['vite.config.ts', 'client-patches.ts'].map((file) => statSync(path.join(widget, file)).mtimeMs);
  const sources = [newest(path.join(widget, 'src')), ...settings];
  if (builtAt() > Math.max(...sources)) return;
  // The test runner's NODE_ENV would build something else than what ships.
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync('npm', ['run', 'build'], { cwd: widget, stdio: 'inherit', env });
}
