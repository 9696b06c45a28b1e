/** Runs the commands of `npm run knowledge`. */
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ImportRunDetail, KnowledgeSource } from '@firstword/shared/knowledge';
import { articleChanged, knowledgeChanged, type Recorded } from '../../http/audit-events.ts';
import type { Article, ReadArticles } from '../../knowledge/article.ts';
import { UsageError } from '../../lib/command-line.ts';
import { didYouMean } from '../../lib/near-miss.ts';
import { phraseText } from '../../lib/phrase.ts';
import type { KnowledgeStore } from '../../records/knowledge-store.ts';
import type { Sources } from '../../sources/open-sources.ts';
import { sourceName } from '../../sources/source-name.ts';
import { COMMAND_LINE, type CommandAudit } from '../command-audit.ts';
import { type ImportChoice, type KnowledgeCommand, USAGE } from './read-arguments.ts';

export interface KnowledgeCommandParts {
  readonly store: KnowledgeStore;
  readonly sources: Sources;
  readonly siteIds: readonly string[];
  readonly audit: CommandAudit;
  readonly readFile: (path: string) => Promise<ReadArticles>;
  readonly say: (line: string) => void;
}

/** @throws UsageError when there is no such site, source, version or article, and when an import failed */
export async function runKnowledgeCommand(command: KnowledgeCommand, parts: KnowledgeCommandParts): Promise<void> {
  const { store, sources, siteIds, audit, say } = parts;
  const { admin, publisher } = sources;
  if (command.name === 'help') return say(USAGE);
  const { site } = command;
  if (!siteIds.includes(site))
    throw new UsageError(
      `--site: there is no site "${site}". The sites are: ${siteIds.join(', ')}.${didYouMean(site, siteIds)}`,
    );
  await publisher.sync(); // what an earlier release has imported becomes a source first
  if (command.name === 'import') return importPlace(site, command, parts);
  const [first = '', second = '', third = ''] = command.args;
  const source = async () => findSource(await store.listSources(site), first);
  switch (command.name) {
    case 'sources': {
      const list = await store.listSources(site);
      for (const { id, name, origin, articles, version, lastRun } of list)
        say(
          `${id}\t${origin.kind}\t${name}\t${counted(articles)}, version ${version}\t${lastRun?.state ?? 'never imported'}`,
        );
      return list.length === 0 ? say(`${site} has no sources.`) : undefined;
    }
    case 'run':
      return importSource(await source(), parts);
    case 'versions':
      for (const version of await store.listVersions((await source()).id)) {
        const { number, createdAt, articles, added, changed, removed, by, note } = version;
        const about = note === '' ? by : `${by}: ${note}`;
        say(
          `${number}\t${new Date(createdAt).toISOString()}\t${counted(articles)}\t${changes({ added, changed, removed })}\t${about}`,
        );
      }
      return;
    case 'diff': {
      const diff = await admin.diff((await source()).id, versionOf(second), versionOf(third));
      if (diff === undefined) throw new UsageError(`There is no version ${second} or ${third} of this source.`);
      for (const kind of ['added', 'changed', 'removed'] as const)
        for (const { id, title } of diff[kind]) say(`${kind}\t${id}\t${title}`);
      return;
    }
    case 'rollback': {
      const { id, name } = await source();
      const version = versionOf(second);
      const made = await admin.rollBack(id, version, COMMAND_LINE);
      if (made === undefined) throw new UsageError(`There is no version ${second} of this source.`);
      const target = { kind: 'source', id, name };
      await audit(knowledgeChanged({ siteId: site, change: 'rolled back', target, after: { version } }));
      return say(
        made === 'unchanged'
          ? `The articles of version ${second} are the current ones.`
          : `Rolled back to version ${second}, as version ${made.number}: ${changes(made)}.`,
      );
    }
    case 'list': {
      const articles = await admin.listArticles(site);
      if (articles.length === 0) throw new UsageError(`${site} has no articles of its own.`);
      for (const { id, title, hidden } of articles) say(`${id}\t${title}${hidden ? '\tremoved by hand' : ''}`);
      return;
    }
    case 'add': {
      const { articles, skipped } = await parts.readFile(resolve(first));
      for (const reason of skipped) say(`Skipped ${phraseText(reason)}`);
      if (articles.length === 0) throw new UsageError(`${first}: contains no articles`);
      for (const article of articles) {
        await admin.writeArticle(site, article, COMMAND_LINE);
        await audit(articleChanged(site, 'article written', article));
      }
      return say(`Wrote ${articles.map(({ id }: Article) => id).join(', ')}.`);
    }
    case 'remove-article':
      if (!(await admin.removeArticle(site, first, COMMAND_LINE)))
        throw new UsageError(`${site} has no article "${first}".`);
      await audit(articleChanged(site, 'article removed', { id: first }));
      return say(`Removed ${first}. \`restore-article\` brings it back.`);
    case 'restore-article':
      if (!(await admin.restoreArticle(site, first, COMMAND_LINE)))
        throw new UsageError(`Nothing was written or removed by hand under the id "${first}".`);
      await audit(articleChanged(site, 'article restored', { id: first }));
      return say(`Restored ${first}.`);
    case 'remove': {
      const removed = first === '' ? await store.listSources(site) : [await source()];
      if (removed.length === 0) throw new UsageError(`${site} has no articles of its own.`);
      for (const each of removed) {
        await store.removeSource(each.id);
        await audit(sourceChanged(each, 'source deleted'));
      }
      await publisher.sync();
      return say(`Deleted ${removed.map(({ name }) => `"${name}"`).join(', ')} of ${site}.`);
    }
  }
}

async function importPlace(site: string, choice: ImportChoice, parts: KnowledgeCommandParts): Promise<void> {
  const { store, sources, say } = parts;
  // Absolute: the server that runs it again has another working directory.
  const origin =
    choice.origin.kind === 'folder' ? { ...choice.origin, path: resolve(choice.origin.path) } : choice.origin;
  const placeOf = ({ origin: known }: KnowledgeSource) =>
    'url' in known ? known.url : 'path' in known ? known.path : '';
  const place = 'url' in origin ? origin.url : 'path' in origin ? origin.path : '';
  const known = (await store.listSources(site)).find(
    (source) => source.origin.kind === origin.kind && placeOf(source) === place,
  );
  if (choice.isTrial) {
    const trial = await sources.importer.tryOut(known ? { ...known, origin } : { ...blank, siteId: site, origin });
    for (const reason of trial.problems) say(`Would skip ${phraseText(reason)}`);
    const { added, changed, removed } = trial.changes;
    const counts = { added: added.length, changed: changed.length, removed: removed.length };
    return say(`Would import ${counted(trial.articles)} for ${site}: ${changes(counts)}. Nothing was stored.`);
  }
  const { sourceName: name = known?.name ?? sourceName(origin), everyHours } = choice;
  const schedule = everyHours === undefined ? {} : { everyHours: everyHours === 0 ? null : everyHours };
  if (
    known !== undefined &&
    !(isDeepStrictEqual(known.origin, origin) && known.name === name && everyHours === undefined)
  ) {
    await store.changeSource(known.id, { origin, name, ...schedule });
    await parts.audit(sourceChanged(known, 'source changed'));
  }
  if (known !== undefined) return importSource(known, parts);
  const hours = everyHours === 0 ? undefined : everyHours;
  const added = await store.addSource({ siteId: site, name, origin, everyHours: hours });
  await parts.audit(sourceChanged(added, 'source added'));
  await importSource(added, parts);
}

const sourceChanged = ({ id, name, siteId }: KnowledgeSource, change: string): Recorded =>
  knowledgeChanged({ siteId, change, target: { kind: 'source', id, name } });

const blank = { id: 'trial', name: '', createdAt: 0, version: 0, articles: 0 };

async function importSource(source: KnowledgeSource, parts: KnowledgeCommandParts): Promise<void> {
  const { id, siteId } = source;
  const { store, sources, audit, say } = parts;
  const started = await sources.importer.start(id, COMMAND_LINE);
  if (started === undefined || started === 'busy')
    throw new UsageError('This source is being imported already. Wait until that ends, or stop it in the console.');
  await audit(sourceChanged(source, 'import started'));
  await sources.importer.idle();
  const ended = await store.loadRun(started.id);
  if (ended === undefined) throw new UsageError('The run of this import is missing.');
  for (const reason of ended.problemList) say(`Skipped ${reason}`);
  const imported = await store.loadSource(id);
  say(`${resultText(ended, imported?.articles ?? 0)} Source ${id} of ${siteId}.`);
}

/** @throws UsageError when the import made nothing of the source */
function resultText(run: ImportRunDetail, articles: number): string {
  const left = run.problems === 0 ? '' : ` Skipped ${run.problems}.`;
  if (run.state === 'done') return `Imported ${counted(articles)}, version ${run.version}: ${changes(run)}.${left}`;
  if (run.state === 'unchanged') return `Nothing has changed: ${counted(articles)}, version ${run.version}.${left}`;
  throw new UsageError(`The import ${run.state === 'failed' ? `failed: ${run.error}` : `was ${run.state}`}`);
}

function findSource(sources: readonly KnowledgeSource[], id: string): KnowledgeSource {
  const found = sources.filter((source) => source.id.startsWith(id) || source.name === id);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const known = sources.map((source) => `\n  ${source.id}  ${source.name}`).join('');
  throw new UsageError(
    `"${id}" ${found.length > 1 ? 'names several sources' : 'is not a source'} of this site.${known}`,
  );
}

function versionOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`"${text}" is not the number of a version.`);
  return Number(text);
}

const counted = (count: number) => `${count} ${count === 1 ? 'article' : 'articles'}`;
const changes = ({ added, changed, removed }: { added: number; changed: number; removed: number }) =>
  `${added} added, ${changed} changed, ${removed} removed`;
