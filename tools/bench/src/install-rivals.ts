/** Other projects' packages for a comparison, in a folder of their own outside this project, and gone with it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface InstalledRivals {
  /** Holds `node_modules`. */
  readonly folder: string;
  remove(): Promise<void>;
}

const OPTIONS = ['--ignore-scripts', '--omit=dev', '--legacy-peer-deps', '--no-audit', '--no-fund'];

/**
 * @param packages with exact versions, so that a figure says what it was measured with
 * @throws Error when npm cannot get them
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
