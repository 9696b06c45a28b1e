/** A site's sources of articles: add, change and import them, and what their imports did. For administrators. */
import {
  type ImportRun,
  importRunDetailSchema,
  importRunSchema,
  type KnowledgeOverview,
  type KnowledgeSource,
  knowledgeOverviewSchema,
  knowledgeQuerySchema,
  knowledgeSourceSchema,
  newSourceSchema,
  runListSchema,
  type SourceOrigin,
  sourceChangeSchema,
  UPLOAD_MAX_BYTES,
  UPLOAD_MAX_FILES,
  uploadedFilesSchema,
  uploadQuerySchema,
} from '@firstword/shared/knowledge';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { phrase } from '../lib/phrase.ts';
import type { KnowledgeStore } from '../records/knowledge-store.ts';
import type { Importer } from '../sources/importer.ts';
import type { Sources } from '../sources/open-sources.ts';
import { sourceName } from '../sources/source-name.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { type ApiSites, checkSite, namesOf, refusalAt } from './api-sites.ts';
import { type KnowledgeChange, knowledgeChanged, type Recorded } from './audit-events.ts';

export interface SourceRouteParts {
  readonly knowledgeOf: (siteId: string) => Knowledge;
  readonly knowledgeStore: KnowledgeStore;
  readonly importer: Pick<Importer, 'start'>;
  readonly publishArticles: Sources['publish'];
}

const RUNS_SHOWN = 50;

export function createSourceRoutes(parts: SourceRouteParts): ApiRoute[] {
  const { knowledgeOf, knowledgeStore: store, importer, publishArticles } = parts;
  const find = async (id: string, sites: ApiSites): Promise<KnowledgeSource> => {
    const source = await store.loadSource(id);
    if (source === undefined || !sites.has(source.siteId))
      throw refusalAt(sites, source?.siteId, 'There is no such source.');
    return source;
  };
  const findUpload = async (id: string, sites: ApiSites) => {
    const source = await find(id, sites);
    if (source.origin.kind !== 'upload')
      throw new ApiRefusal('not-allowed', 'Files can be uploaded to a source of the kind "upload" only.');
    return source;
  };
  const refusals = ['not-found'] as const;

  return [
    routeForAgents(
      {
        method: 'get',
        path: '/knowledge',
        summary: "Lists a site's sources with their last import, and what answers are based on now.",
        query: knowledgeQuerySchema,
        answer: { status: 200, schema: knowledgeOverviewSchema },
        refusals,
      },
      async ({ query }, { sites }): Promise<KnowledgeOverview> => {
        const names = namesOf(sites);
        const site = query.site ?? names[0]?.id ?? '';
        checkSite(sites, site);
        const sources = await store.listSources(site);
        const own = sources.some(({ version }) => version > 0);
        return { site, sites: names, sources, searched: { ...knowledgeOf(site).size, own } };
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/sources',
        summary: 'Adds a source. Its first import is started by `run`.',
        body: newSourceSchema,
        answer: { status: 201, schema: knowledgeSourceSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ body: { site, origin, name, everyHours }, audit }, { sites }): Promise<KnowledgeSource> => {
        checkSite(sites, site);
        checkOrigin(origin);
        const added = await store.addSource({ siteId: site, origin, name: name || sourceName(origin), everyHours });
        await audit(sourceChanged(added, 'source added', { after: settingsOf(added) }));
        return added;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/sources/{id}',
        summary: 'Changes the name, the schedule or the settings of a source.',
        body: sourceChangeSchema,
        answer: { status: 200, schema: knowledgeSourceSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id, body, audit }, { sites }): Promise<KnowledgeSource> => {
        const source = await find(id, sites);
        if (body.origin !== undefined) {
          checkOrigin(body.origin);
          if (body.origin.kind !== source.origin.kind)
            throw new ApiRefusal('not-allowed', 'The kind of a source cannot change. Add another source instead.');
        }
        const changed = (await store.changeSource(id, body)) ?? (await find(id, sites));
        const values = { before: settingsOf(source), after: settingsOf(changed) };
        await audit(sourceChanged(changed, 'source changed', values));
        return changed;
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/knowledge/sources/{id}',
        summary: 'Deletes a source with its articles, versions and files.',
        answer: { status: 204 },
        refusals,
      },
      async ({ id, audit }, { sites }) => {
        const source = await find(id, sites);
        await store.removeSource(id);
        await audit(sourceChanged(source, 'source deleted'));
        await publishArticles();
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/sources/{id}/run',
        summary: 'Starts an import of the source.',
        answer: { status: 200, schema: importRunSchema },
        refusals: ['not-found', 'conflict'],
      },
      async ({ id, audit }, { agent, sites }): Promise<ImportRun> => {
        const source = await find(id, sites);
        const run = await importer.start(id, agent.name);
        if (run === 'busy') throw new ApiRefusal('conflict', phrase`This source is being imported already.`);
        if (run === undefined) throw new ApiRefusal('not-found', 'There is no such source.');
        await audit(sourceChanged(source, 'import started'));
        return run;
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/knowledge/sources/{id}/runs',
        summary: 'Lists the last imports of the source, newest first.',
        answer: { status: 200, schema: runListSchema },
        refusals,
      },
      async ({ id }, { sites }) => ({ runs: await store.listRuns((await find(id, sites)).id, RUNS_SHOWN) }),
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/knowledge/runs/{id}',
        summary: 'Returns one import with its progress and what was left out.',
        answer: { status: 200, schema: importRunDetailSchema },
        refusals,
      },
      async ({ id }, { sites }) => {
        const run = await store.loadRun(id);
        if (run === undefined || !sites.has(run.siteId))
          throw refusalAt(sites, run?.siteId, 'There is no such import.');
        return run;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/runs/{id}/stop',
        summary: 'Stops an import. The version before stays.',
        answer: { status: 204 },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id, audit }, { sites }) => {
        const run = await store.loadRun(id);
        if (run === undefined || !sites.has(run.siteId))
          throw refusalAt(sites, run?.siteId, 'There is no such import.');
        if (!(await store.requestStop(id))) throw new ApiRefusal('not-allowed', phrase`This import has ended.`);
        const { siteId, sourceId } = run;
        await audit(knowledgeChanged({ siteId, change: 'import stopped', target: { kind: 'source', id: sourceId } }));
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/sources/{id}/files',
        summary: 'Uploads one file to a source, whose `path` becomes the id of its article. The next import reads it.',
        query: uploadQuerySchema,
        bytesMax: UPLOAD_MAX_BYTES,
        answer: { status: 200, schema: uploadedFilesSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id, query: { path }, bytes, audit }, { sites }) => {
        const source = await findUpload(id, sites);
        if (bytes.length === 0) throw new ApiRefusal('bad-request', phrase`${path}: the file is empty.`);
        if (!(await store.saveFile(id, path, bytes, UPLOAD_MAX_FILES)))
          throw new ApiRefusal('not-allowed', phrase`This source has ${UPLOAD_MAX_FILES} files, which is the limit.`);
        await audit(sourceChanged(source, 'file uploaded', { after: { path } }));
        return { files: await store.listFiles(id) };
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/knowledge/sources/{id}/files',
        summary: 'Deletes the uploaded files of a source. Its articles stay until the next import.',
        answer: { status: 204 },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id, audit }, { sites }) => {
        const source = await findUpload(id, sites);
        await store.removeFiles(id);
        await audit(sourceChanged(source, 'files deleted'));
      },
    ),
  ];
}

function checkOrigin({ kind }: SourceOrigin): void {
  if (kind === 'folder')
    throw new ApiRefusal('not-allowed', 'Folders of this server are added with `npm run knowledge -- import`.');
  if (kind === 'manual') throw new ApiRefusal('not-allowed', 'Articles are written with POST /knowledge/articles.');
}

function sourceChanged(
  { id, name, siteId }: KnowledgeSource,
  change: string,
  values: Pick<KnowledgeChange, 'before' | 'after'> = {},
): Recorded {
  return knowledgeChanged({ siteId, change, target: { kind: 'source', id, name }, ...values });
}

/** Of the address, host and path are enough; a query may have a key. */
function settingsOf({ name, origin, everyHours }: KnowledgeSource) {
  return { name, from: sourceName(origin), everyHours: everyHours ?? null };
}
