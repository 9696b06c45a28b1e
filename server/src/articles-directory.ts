/** Checks the folder of help articles before it is read. */
import { readdirSync, statSync } from 'node:fs';
import { ConfigError } from './config-faults.ts';

const FIX = 'Set it to a folder of Markdown files, or remove "knowledge"';

/**
 * Returns a warning when the folder holds no articles.
 * @throws ConfigError when there is no such folder
 */
export function checkArticlesDirectory(directory: string): string | undefined {
  const place = `knowledge.directory: ${directory}`;
  const found = statSync(directory, { throwIfNoEntry: false });
  if (found === undefined) throw new ConfigError(`${place} does not exist. ${FIX}.`);
  if (!found.isDirectory()) throw new ConfigError(`${place} is not a folder. ${FIX}.`);
  const names = readdirSync(directory).filter((name) => name.endsWith('.md') && name !== 'README.md');
  if (names.length > 0) return undefined;
  return `${place} contains no Markdown files, so the assistant has no articles to answer from. Add some, or use \`npm run knowledge -- import\`.`;
}
