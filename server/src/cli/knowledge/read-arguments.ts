/** Parses the arguments of `npm run knowledge`. */
import { EVERY_HOURS_MAX, type SourceOrigin, sourceOriginSchema } from '@firstword/shared/knowledge';
import { siteIdSchema } from '@firstword/shared/wire';
import { parseCommandLine, UsageError } from '../../lib/command-line.ts';
import { didYouMean } from '../../lib/near-miss.ts';

export const USAGE = `npm run knowledge -- COMMAND --site ID

  import PLACE               imports a folder (nested), a file, or the page or file at an https address, as a source. The
                             same place again replaces what was imported from it; other sources keep their articles.
                             Reads Markdown and MDX, HTML, PDF, text, CSV, JSON and JSON lines, and the exports of
                             Zendesk and Intercom. What can't be read is named and left out.
    --crawl                  also the pages of the same host that the address leads to
    --sitemap                the pages of the sitemap at the address, or of its host's sitemaps
    --include PATH           only pages whose path matches, such as '/docs/*'; repeatable, as is --exclude
    --exclude PATH           not these
    --depth N                links that a crawl follows from its first page (default 5)
    --pages N                pages at most (default 500)
    --delay MS               pause between two requests (default 250)
    --every HOURS            imports it again this often, while a server runs; 0 switches that off
    --name TEXT              its name in the list of sources
    --dry-run                only says what would change
  sources                    lists the sources
  run SOURCE                 imports a source again
  versions SOURCE            lists its versions
  diff SOURCE FROM TO        lists what changed between two versions
  rollback SOURCE VERSION    makes the articles of an earlier version the current ones
  list                       prints the id and title of each article
  add FILE                   writes the articles of a file by hand: they outrank imported ones with the same id
  remove-article ARTICLE     removes an article, also from later imports
  restore-article ARTICLE    undoes what was written or removed by hand
  remove [SOURCE]            deletes a source with its articles, or all sources of the site

Uses the stores at REDIS_URL and DATABASE_URL, or the private ones that a running \`npm start\` keeps in DATA_DIR.`;

/** How many arguments each command has, at least and at most. */
const COMMANDS = {
  import: [1, 1],
  sources: [0, 0],
  run: [1, 1],
  versions: [1, 1],
  diff: [3, 3],
  rollback: [2, 2],
  list: [0, 0],
  add: [1, 1],
  'remove-article': [1, 1],
  'restore-article': [1, 1],
  remove: [0, 1],
} as const;
type CommandName = keyof typeof COMMANDS;

export interface ImportChoice {
  readonly origin: SourceOrigin;
  readonly isTrial: boolean;
  readonly sourceName: string | undefined;
  /** 0 switches the schedule off. */
  readonly everyHours: number | undefined;
}

export type KnowledgeCommand =
  | { readonly name: 'help' }
  | ({ readonly name: 'import'; readonly site: string } & ImportChoice)
  | {
      readonly name: Exclude<CommandName, 'import'>;
      readonly site: string;
      readonly args: readonly string[];
    };

/** @throws UsageError */
export function readKnowledgeCommand(given: string[]): KnowledgeCommand {
  const { values, positionals } = parse(given);
  const [name = 'help', ...rest] = positionals;
  if (values.help || name === 'help') return { name: 'help' };
  if (!isCommand(name))
    throw new UsageError(
      `"${name}" is not a command.${didYouMean(name, [...Object.keys(COMMANDS), 'help'])}\n\n${USAGE}`,
    );
  if (values.site === undefined)
    throw new UsageError('--site: is required. Use the id of a site, such as --site acme.');
  const site = siteIdSchema.safeParse(values.site);
  if (!site.success) throw new UsageError(`--site: "${values.site}" ${site.error.issues[0]?.message}.`);
  const count = rest.length;
  const [least, most] = COMMANDS[name];
  if (count < least || count > most)
    throw new UsageError(`\`${name}\` has ${count} arguments, and needs ${needed(least, most)}.\n\n${USAGE}`);
  if (name !== 'import') {
    const [extra] = Object.keys(values).filter((option) => option !== 'site');
    if (extra !== undefined) throw new UsageError(`--${extra}: belongs to \`import\`, not to \`${name}\`.`);
    return { name, site: site.data, args: rest };
  }
  return {
    name,
    site: site.data,
    origin: readOrigin(rest[0] ?? '', values),
    isTrial: values['dry-run'] ?? false,
    sourceName: values.name,
    everyHours: values.every === undefined ? undefined : wholeNumber('every', values.every, EVERY_HOURS_MAX),
  };
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);
const needed = (least: number, most: number) => (least === most ? String(least || 'none') : `${least} or ${most}`);

type Options = ReturnType<typeof parse>['values'];

function readOrigin(place: string, values: Options): SourceOrigin {
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(place);
  const scoped = (['include', 'exclude', 'depth', 'pages', 'delay'] as const).find(
    (name) => values[name] !== undefined,
  );
  const kind = !isAddress ? 'folder' : values.crawl ? 'crawl' : values.sitemap ? 'sitemap' : 'url';
  if (values.crawl && values.sitemap) throw new UsageError('--crawl and --sitemap: use one of them.');
  if (!isAddress && (values.crawl || values.sitemap))
    throw new UsageError(`"${place}" is not a URL. --crawl and --sitemap need one.`);
  if (scoped !== undefined && (kind === 'folder' || kind === 'url'))
    throw new UsageError(`--${scoped}: needs --crawl or --sitemap.`);
  if (values.depth !== undefined && kind !== 'crawl') throw new UsageError('--depth: needs --crawl.');
  const scope = {
    ...(values.include === undefined ? {} : { include: values.include }),
    ...(values.exclude === undefined ? {} : { exclude: values.exclude }),
    ...(values.pages === undefined ? {} : { maxPages: wholeNumber('pages', values.pages) }),
    ...(values.delay === undefined ? {} : { delayMs: wholeNumber('delay', values.delay) }),
    ...(values.depth === undefined ? {} : { maxDepth: wholeNumber('depth', values.depth) }),
  };
  const parsed = sourceOriginSchema.safeParse(isAddress ? { kind, url: place, ...scope } : { kind, path: place });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${place}: "${issue?.path.join('.')}" ${issue?.message}`);
}

function wholeNumber(option: string, value: string, max = 1_000_000): number {
  if (!/^\d{1,9}$/.test(value) || Number(value) > max)
    throw new UsageError(`--${option}: "${value}" is not a whole number up to ${max}.`);
  return Number(value);
}

function parse(args: string[]) {
  return parseCommandLine({
    args,
    allowPositionals: true,
    options: {
      site: { type: 'string' },
      name: { type: 'string' },
      every: { type: 'string' },
      crawl: { type: 'boolean' },
      sitemap: { type: 'boolean' },
      include: { type: 'string', multiple: true },
      exclude: { type: 'string', multiple: true },
      depth: { type: 'string' },
      pages: { type: 'string' },
      delay: { type: 'string' },
      'dry-run': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}
