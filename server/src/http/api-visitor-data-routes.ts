/** Requests of visitors about their data, over REST: export everything that is stored of one, or erase it. */
import {
  type ErasureReport,
  erasureReportSchema,
  type VisitorExport,
  visitorExportSchema,
  visitorRefSchema,
} from '@firstword/shared/visitor-data';
import { z } from 'zod';
import type { Log } from '../lib/log.ts';
import type { EraseVisitor } from '../privacy/erase-visitor.ts';
import { writeExportPage } from '../privacy/export-page.ts';
import type { ExportVisitor } from '../privacy/export-visitor.ts';
import type { FindVisitor } from '../privacy/find-visitor.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, type Caller, routeForAgents, TextAnswer } from './api-route.ts';
import { type ApiSites, siteIdsOf } from './api-sites.ts';

export interface VisitorDataRouteParts {
  readonly sites: ApiSites;
  readonly visitorData: {
    readonly find: FindVisitor;
    readonly exportAll: ExportVisitor;
    readonly erase: EraseVisitor;
  };
  readonly log: Log;
}

const formatSchema = z.strictObject({ format: z.enum(['json', 'html']).default('json') });

export function createVisitorDataRoutes({ sites, visitorData, log }: VisitorDataRouteParts): ApiRoute[] {
  const { find, exportAll, erase } = visitorData;
  return [
    routeForAgents(
      {
        method: 'post',
        path: '/visitors/export',
        summary: 'Exports everything that is stored of one visitor, as JSON or as one HTML page. For administrators.',
        body: visitorRefSchema,
        query: formatSchema,
        answer: { status: 200, schema: visitorExportSchema, textType: 'text/html' },
        refusals: ['not-found'],
      },
      async ({ body: { site, ...ref }, query }, caller): Promise<VisitorExport | TextAnswer> => {
        requireAdmin(caller);
        const subject = await find(ref, siteIdsOf(sites, site));
        const exported = await exportAll(subject, { internal: true });
        log.info({ agentId: caller.agent.id, visitors: subject.visitors.length }, 'exported a visitor');
        return query.format === 'json' ? exported : new TextAnswer(writeExportPage(exported), 'text/html');
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/visitors/erase',
        summary:
          'Erases everything that is stored of one visitor, for good, and returns what was removed. It may be repeated. For administrators.',
        body: visitorRefSchema,
        answer: { status: 200, schema: erasureReportSchema },
        refusals: ['not-found'],
      },
      async ({ body: { site, ...ref } }, caller): Promise<ErasureReport> => {
        requireAdmin(caller);
        return erase(await find(ref, siteIdsOf(sites, site)));
      },
    ),
  ];
}

/** Programs have a token that an administrator created for writing. */
function requireAdmin({ agent, session }: Caller): void {
  if (session !== undefined && agent.role !== 'admin')
    throw new ApiRefusal('forbidden', 'Only an administrator can do this.');
}
