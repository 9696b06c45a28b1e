/** What `npm run knowledge` does, apart from finding the Redis to do it on. */
import { parseArgs } from 'node:util';
import { siteIdSchema } from '@firstword/shared/wire';
import type { Article } from '../knowledge/article.ts';
import type { ArticleStore } from '../knowledge/article-store.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';

export const USAGE = `npm run knowledge -- COMMAND --site ID

  import SOURCE   puts these articles in the place of the site's own: a folder of Markdown files with front matter,
                  one such file, a file of JSON lines (id, title, url, body), or an https address of either
  list            id and title of each article
  remove          takes the site's own articles away

It speaks to the Redis of REDIS_URL, or to the one that a running \`npm start\` keeps in DATA_DIR.`;

/** A mistake of whoever typed the command; its message is all that is shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type KnowledgeCommand =
  | { readonly name: 'help' }
  | { readonly name: 'import'; readonly site: string; readonly source: string }
  | { readonly name: 'list' | 'remove'; readonly site: string };

export interface KnowledgeCommandParts {
  readonly store: ArticleStore;
  readonly readSource: (source: string) => Promise<readonly Article[]>;
  readonly say: (line: string) => void;
}

/** @throws UsageError */
export function readKnowledgeCommand(args: string[]): KnowledgeCommand {
  const { values, positionals } = parse(args);
  const [name = 'help', source, ...rest] = positionals;
  if (values.help || name === 'help') return { name: 'help' };
  if (name !== 'import' && name !== 'list' && name !== 'remove')
    throw new UsageError(`There is no command "${name}".\n\n${USAGE}`);
  const site = siteIdSchema.safeParse(values.site);
  if (!site.success) throw new UsageError(`--site: was "${values.site ?? ''}"; ${site.error.issues[0]?.message}`);
  if (rest.length > 0 || (name === 'import') !== (source !== undefined))
    throw new UsageError(
      `\`${name}\` takes ${name === 'import' ? 'one folder, file or address' : 'nothing more'}.\n\n${USAGE}`,
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
      const articles = await readSource(command.source);
      const { passages } = createKnowledge(articles).size;
      const { version } = await store.replace(command.site, articles);
      return say(
        `${articles.length} articles in ${passages} passages now answer for ${command.site} (version ${version}).`,
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
      return say(`The articles of ${command.site} are removed.`);
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
