/** Requests of visitors about their data, over REST: export everything that is stored of one, or erase it. */
import {
  type ErasureReport,
  erasureReportSchema,
  type VisitorExport,
  visitorExportSchema,
  visitorRefSchema,
} from '@firstword/shared/visitor-data';
import { z } from 'zod';
import type { EraseVisitor } from '../privacy/erase-visitor.ts';
import { writeExportPage } from '../privacy/export-page.ts';
import type { ExportVisitor } from '../privacy/export-visitor.ts';
import type { FindVisitor } from '../privacy/find-visitor.ts';
import { type ApiRoute, routeForAgents, TextAnswer } from './api-route.ts';
import { siteIdsOf } from './api-sites.ts';
import { visitorTarget } from './audit-events.ts';

export interface VisitorDataRouteParts {
  readonly visitorData: {
    readonly find: FindVisitor;
    readonly exportAll: ExportVisitor;
    readonly erase: EraseVisitor;
  };
}

const formatSchema = z.strictObject({ format: z.enum(['json', 'html']).default('json') });

export function createVisitorDataRoutes({ visitorData }: VisitorDataRouteParts): ApiRoute[] {
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
      async ({ body: { site, ...ref }, query, audit }, { sites }): Promise<VisitorExport | TextAnswer> => {
        const subject = await find(ref, siteIdsOf(sites, site));
        await audit({ action: 'exported', target: visitorTarget(subject) });
        const exported = await exportAll(subject, { internal: true });
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
      async ({ body: { site, ...ref }, audit }, { sites }): Promise<ErasureReport> => {
        const subject = await find(ref, siteIdsOf(sites, site));
        await audit({ action: 'erased', target: visitorTarget(subject) });
        return erase(subject);
      },
    ),
  ];
}

/** The site's own ids of the visitor, which an erased visitor's entry may keep: they name no one by themselves. */
