/** Installs other projects' packages for a comparison into a temporary folder outside this project. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface InstalledRivals {
  /** The folder with `node_modules`. */
  readonly folder: string;
  remove(): Promise<void>;
}

const OPTIONS = ['--ignore-scripts', '--omit=dev', '--legacy-peer-deps', '--no-audit', '--no-fund'];

/**
 * @param packages with exact versions, so that results can be reproduced
 * @throws Error when npm cannot install them
 */
export async function installRivals(packages: readonly string[]): Promise<InstalledRivals> {
  const folder = await mkdtemp(join(tmpdir(), 'firstword-rivals-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await promisify(execFile)('npm', ['install', '--prefix', folder, ...OPTIONS, ...packages], { timeout: 300_000 });
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
