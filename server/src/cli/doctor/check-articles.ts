/** Checks the help articles: the folder of the configuration, and what was imported for each site. */
import { readArticlesDirectory } from '../../config/articles-directory.ts';
import type { ArticleStore } from '../../knowledge/article-store.ts';
import type { Finding } from './report.ts';

export interface ArticleNeeds {
  /** Undefined where none is configured. */
  readonly directory: string | undefined;
  readonly siteIds: readonly string[];
  /** Undefined where Redis cannot be reached. */
  readonly store: Pick<ArticleStore, 'load'> | undefined;
}

/** Never rejects. */
export async function checkArticles({ directory, siteIds, store }: ArticleNeeds): Promise<Finding[]> {
  const { count, findings } = await readFolder(directory);
  const sites = await Promise.all(siteIds.map((siteId) => checkSite(siteId, count, store)));
  return [...findings, ...sites.flat()];
}

async function readFolder(directory: string | undefined): Promise<{ count: number; findings: Finding[] }> {
  if (directory === undefined) return { count: 0, findings: [] };
  const about = { area: 'articles', subject: 'knowledge.directory', asked: directory } as const;
  try {
    const warnings: string[] = [];
    const { length: count } = await readArticlesDirectory(directory, (line) => warnings.push(line));
    const fix = 'Correct it, or take it out of the folder; the rest is read without it.';
    const findings = warnings.map((found): Finding => ({ ...about, level: 'warning', found, fix }));
    return {
      count,
      findings: count === 0 ? findings : [...findings, { ...about, level: 'ok', found: `${count} articles` }],
    };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const fix = 'Correct the folder that is named; the server does not start without it.';
    return { count: 0, findings: [{ ...about, level: 'fault', found, fix }] };
  }
}

async function checkSite(siteId: string, shared: number, store: ArticleNeeds['store']): Promise<Finding[]> {
  if (store === undefined) return [];
  const about = { area: 'articles', subject: siteId } as const;
  try {
    const own = await store.load(siteId);
    const count = own?.length ?? shared;
    if (count > 0)
      return [
        {
          ...about,
          level: 'ok',
          found: `${count} articles${own === undefined ? ' of knowledge.directory' : ' imported'}`,
        },
      ];
    return [
      {
        ...about,
        level: 'warning',
        found: 'no articles to answer from, so every question is handed to agents',
        fix: `Import some: \`npm run knowledge -- import FOLDER --site ${siteId}\`.`,
      },
    ];
  } catch {
    return [
      {
        ...about,
        level: 'fault',
        found: 'the imported articles cannot be read',
        fix: `Import them again: \`npm run knowledge -- import FOLDER --site ${siteId}\`.`,
      },
    ];
  }
}
