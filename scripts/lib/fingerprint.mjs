/** A hash of files by their content, because a checkout gives every file a new modification time. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * @param {string} root Names in the hash are relative to it.
 * @param {readonly string[]} paths Files and folders; missing ones are skipped.
 * @param {(name: string) => boolean} leaveOut By a file's or folder's own name.
 */
export function fingerprint(root, paths, leaveOut) {
  const hash = createHash('sha256');
  for (const path of paths)
    for (const file of filesOf(join(root, path), leaveOut)) {
      const content = readFileSync(file);
      hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
    }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @param {(name: string) => boolean} leaveOut
 * @returns {string[]}
 */
function filesOf(path, leaveOut) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => !leaveOut(name));
  return names.sort().flatMap((name) => filesOf(join(path, name), leaveOut));
}
