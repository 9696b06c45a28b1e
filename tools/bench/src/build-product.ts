/** Builds the widget and the console for benches that load them in a browser; skips what is up to date. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** @throws Error when the build fails; its output has been written to stderr */
export async function buildProduct(): Promise<void> {
  const script = fileURLToPath(new URL('../../../scripts/build.mjs', import.meta.url));
  // To stderr, because stdout may be read as JSON.
  const build = spawn(process.execPath, [script], { stdio: ['ignore', 2, 2] });
  const [code] = await once(build, 'close');
  if (code !== 0) throw new Error(`npm run build failed with exit code ${code}`);
}
