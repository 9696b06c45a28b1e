/** Parses and runs the commands of `npm run knowledge`. */
import { parseArgs } from 'node:util';
import { siteIdSchema } from '@firstword/shared/wire';
import type { ReadArticles } from '../knowledge/article.ts';
import type { ArticleStore } from '../knowledge/article-store.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { UsageError } from '../lib/command-line.ts';
import { didYouMean } from '../lib/near-miss.ts';

export const USAGE = `npm run knowledge -- COMMAND --site ID

  import SOURCE   replaces the site's articles with these: a folder (nested), a file, or the https address of one.
                  Reads Markdown and MDX, HTML, PDF, text, CSV, JSON and JSON lines, and the exports of Zendesk and
                  Intercom. What can't be read is named and left out.
  list            prints the id and title of each article
  remove          deletes the site's articles

Uses the Redis at REDIS_URL, or the private Redis that a running \`npm start\` keeps in DATA_DIR.`;

const NAMES = ['import', 'list', 'remove', 'help'];

export type KnowledgeCommand =
  | { readonly name: 'help' }
  | { readonly name: 'import'; readonly site: string; readonly source: string }
  | { readonly name: 'list' | 'remove'; readonly site: string };

export interface KnowledgeCommandParts {
  readonly store: ArticleStore;
  readonly readSource: (source: string) => Promise<ReadArticles>;
  readonly say: (line: string) => void;
}

/** @throws UsageError */
export function readKnowledgeCommand(args: string[]): KnowledgeCommand {
  const { values, positionals } = parse(args);
  const [name = 'help', source, ...rest] = positionals;
  if (values.help || name === 'help') return { name: 'help' };
  if (name !== 'import' && name !== 'list' && name !== 'remove')
    throw new UsageError(`"${name}" is not a command.${didYouMean(name, NAMES)}\n\n${USAGE}`);
  const site = siteIdSchema.safeParse(values.site);
  if (values.site === undefined)
    throw new UsageError('--site: is required. Use the id of a site, such as --site acme.');
  if (!site.success) throw new UsageError(`--site: "${values.site}" ${site.error.issues[0]?.message}.`);
  if (rest.length > 0 || (name === 'import') !== (source !== undefined))
    throw new UsageError(
      `\`${name}\` needs ${name === 'import' ? 'one argument: a folder, file or address' : 'no argument'}.\n\n${USAGE}`,
    );
  return name === 'import' ? { name, site: site.data, source: source ?? '' } : { name, site: site.data };
}

/** @throws KnowledgeError from the source, UsageError when there is nothing to list or remove */
export async function runKnowledgeCommand(
  command: KnowledgeCommand,
  { store, readSource, say }: KnowledgeCommandParts,
): Promise<void> {
  switch (command.name) {
    case 'help':
      return say(USAGE);
    case 'import': {
      const { articles, skipped } = await readSource(command.source);
      const { passages } = createKnowledge(articles).size;
      const { version } = await store.replace(command.site, articles);
      for (const reason of skipped) say(`Skipped ${reason}`);
      const left = skipped.length === 0 ? '' : ` Skipped ${skipped.length}.`;
      return say(
        `Imported ${articles.length} ${articles.length === 1 ? 'article' : 'articles'} (${passages} passages) for ${command.site}, version ${version}.${left}`,
      );
    }
    case 'list': {
      const articles = await store.load(command.site);
      if (articles === undefined) throw new UsageError(`${command.site} has no articles of its own.`);
      for (const { id, title } of articles) say(`${id}\t${title}`);
      return;
    }
    case 'remove':
      if (!(await store.remove(command.site))) throw new UsageError(`${command.site} has no articles of its own.`);
      return say(`Deleted the articles of ${command.site}.`);
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { site: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}
