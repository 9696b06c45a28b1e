/** A folder for what one test writes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Call it in a test, whose end removes the folder. @returns its path */
export function createTestFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstword-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
