/** Reads the configured folder of help articles, and says what is wrong with it. */
import { statSync } from 'node:fs';
import type { Article } from '../knowledge/article.ts';
import { ARTICLE_FILES, readArticleFolder } from '../knowledge/read-articles.ts';
import { phraseText } from '../lib/phrase.ts';
import { ConfigError } from './config-faults.ts';

const FIX = 'Set it to a folder of articles, or remove "knowledge"';

/**
 * @param warn called with each file that was left out, and when there are no articles at all
 * @throws ConfigError when there is no such folder
 */
export async function readArticlesDirectory(
  directory: string,
  warn: (line: string) => void,
): Promise<readonly Article[]> {
  const place = `knowledge.directory: ${directory}`;
  const found = statSync(directory, { throwIfNoEntry: false });
  if (found === undefined) throw new ConfigError(`${place} does not exist. ${FIX}.`);
  if (!found.isDirectory()) throw new ConfigError(`${place} is not a folder. ${FIX}.`);
  const { articles, skipped } = await readArticleFolder(directory);
  for (const reason of skipped) warn(`knowledge.directory: skipped ${phraseText(reason)}`);
  if (articles.length === 0)
    warn(
      `${place} contains no articles (${ARTICLE_FILES}), so the assistant has nothing to answer from. Add some, or use \`npm run knowledge -- import\`.`,
    );
  return articles;
}
