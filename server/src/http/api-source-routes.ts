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
import type { KnowledgeStore } from '../records/knowledge-store.ts';
import type { Importer } from '../sources/importer.ts';
import type { Sources } from '../sources/open-sources.ts';
import { sourceName } from '../sources/source-name.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAdmins } from './api-route.ts';

export interface SourceRouteParts {
  readonly sites: ReadonlyMap<string, { readonly name: string }>;
  readonly knowledgeOf: (siteId: string) => Knowledge;
  readonly knowledgeStore: KnowledgeStore;
  readonly importer: Pick<Importer, 'start'>;
  readonly publishArticles: Sources['publish'];
}

const RUNS_SHOWN = 50;

export function createSourceRoutes(parts: SourceRouteParts): ApiRoute[] {
  const { sites, knowledgeOf, knowledgeStore: store, importer, publishArticles } = parts;
  const checkSite = (site: string) => {
    if (!sites.has(site)) throw new ApiRefusal('not-found', `There is no site "${site}".`);
  };
  const find = async (id: string): Promise<KnowledgeSource> => {
    const source = await store.loadSource(id);
    if (source === undefined || !sites.has(source.siteId))
      throw new ApiRefusal('not-found', 'There is no such source.');
    return source;
  };
  const findUpload = async (id: string) => {
    const source = await find(id);
    if (source.origin.kind !== 'upload')
      throw new ApiRefusal('not-allowed', 'Files can be uploaded to a source of the kind "upload" only.');
    return source;
  };
  const refusals = ['not-found'] as const;

  return [
    routeForAdmins(
      {
        method: 'get',
        path: '/knowledge',
        summary: "Lists a site's sources with their last import, and what answers are based on now.",
        query: knowledgeQuerySchema,
        answer: { status: 200, schema: knowledgeOverviewSchema },
        refusals,
      },
      async ({ query }): Promise<KnowledgeOverview> => {
        const names = [...sites].map(([id, { name }]) => ({ id, name }));
        const site = query.site ?? names[0]?.id ?? '';
        checkSite(site);
        const sources = await store.listSources(site);
        const own = sources.some(({ version }) => version > 0);
        return { site, sites: names, sources, searched: { ...knowledgeOf(site).size, own } };
      },
    ),
    routeForAdmins(
      {
        method: 'post',
        path: '/knowledge/sources',
        summary: 'Adds a source. Its first import is started by `run`.',
        body: newSourceSchema,
        answer: { status: 201, schema: knowledgeSourceSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ body: { site, origin, name, everyHours } }): Promise<KnowledgeSource> => {
        checkSite(site);
        checkOrigin(origin);
        return store.addSource({ siteId: site, origin, name: name || sourceName(origin), everyHours });
      },
    ),
    routeForAdmins(
      {
        method: 'post',
        path: '/knowledge/sources/{id}',
        summary: 'Changes the name, the schedule or the settings of a source.',
        body: sourceChangeSchema,
        answer: { status: 200, schema: knowledgeSourceSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id, body }): Promise<KnowledgeSource> => {
        const source = await find(id);
        if (body.origin !== undefined) {
          checkOrigin(body.origin);
          if (body.origin.kind !== source.origin.kind)
            throw new ApiRefusal('not-allowed', 'The kind of a source cannot change. Add another source instead.');
        }
        return (await store.changeSource(id, body)) ?? find(id);
      },
    ),
    routeForAdmins(
      {
        method: 'delete',
        path: '/knowledge/sources/{id}',
        summary: 'Deletes a source with its articles, versions and files.',
        answer: { status: 204 },
        refusals,
      },
      async ({ id }) => {
        await find(id);
        await store.removeSource(id);
        await publishArticles();
      },
    ),
    routeForAdmins(
      {
        method: 'post',
        path: '/knowledge/sources/{id}/run',
        summary: 'Starts an import of the source.',
        answer: { status: 200, schema: importRunSchema },
        refusals: ['not-found', 'conflict'],
      },
      async ({ id }, { agent }): Promise<ImportRun> => {
        await find(id);
        const run = await importer.start(id, agent.name);
        if (run === 'busy') throw new ApiRefusal('conflict', 'This source is being imported already.');
        return run ?? Promise.reject(new ApiRefusal('not-found', 'There is no such source.'));
      },
    ),
    routeForAdmins(
      {
        method: 'get',
        path: '/knowledge/sources/{id}/runs',
        summary: 'Lists the last imports of the source, newest first.',
        answer: { status: 200, schema: runListSchema },
        refusals,
      },
      async ({ id }) => ({ runs: await store.listRuns((await find(id)).id, RUNS_SHOWN) }),
    ),
    routeForAdmins(
      {
        method: 'get',
        path: '/knowledge/runs/{id}',
        summary: 'Returns one import with its progress and what was left out.',
        answer: { status: 200, schema: importRunDetailSchema },
        refusals,
      },
      async ({ id }) => {
        const run = await store.loadRun(id);
        if (run === undefined || !sites.has(run.siteId)) throw new ApiRefusal('not-found', 'There is no such import.');
        return run;
      },
    ),
    routeForAdmins(
      {
        method: 'post',
        path: '/knowledge/runs/{id}/stop',
        summary: 'Stops an import. The version before stays.',
        answer: { status: 204 },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id }) => {
        const run = await store.loadRun(id);
        if (run === undefined || !sites.has(run.siteId)) throw new ApiRefusal('not-found', 'There is no such import.');
        if (!(await store.requestStop(id))) throw new ApiRefusal('not-allowed', 'This import has ended.');
      },
    ),
    routeForAdmins(
      {
        method: 'post',
        path: '/knowledge/sources/{id}/files',
        summary: 'Uploads one file to a source, whose `path` becomes the id of its article. The next import reads it.',
        query: uploadQuerySchema,
        bytesMax: UPLOAD_MAX_BYTES,
        answer: { status: 200, schema: uploadedFilesSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id, query: { path }, bytes }) => {
        await findUpload(id);
        if (bytes.length === 0) throw new ApiRefusal('bad-request', `${path}: the file is empty.`);
        if (!(await store.saveFile(id, path, bytes, UPLOAD_MAX_FILES)))
          throw new ApiRefusal('not-allowed', `This source has ${UPLOAD_MAX_FILES} files, which is the limit.`);
        return { files: await store.listFiles(id) };
      },
    ),
    routeForAdmins(
      {
        method: 'delete',
        path: '/knowledge/sources/{id}/files',
        summary: 'Deletes the uploaded files of a source. Its articles stay until the next import.',
        answer: { status: 204 },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id }) => store.removeFiles((await findUpload(id)).id),
    ),
  ];
}

function checkOrigin({ kind }: SourceOrigin): void {
  if (kind === 'folder')
    throw new ApiRefusal('not-allowed', 'Folders of this server are added with `npm run knowledge -- import`.');
  if (kind === 'manual') throw new ApiRefusal('not-allowed', 'Articles are written with POST /knowledge/articles.');
}
