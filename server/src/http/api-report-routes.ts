/** Reports: response time as visitors felt it, and the cost of model calls. */
import { type ModelStatusView, modelStatusSchema } from '@firstword/shared/model-status';
import { mayEverywhere } from '@firstword/shared/permissions';
import { type QualityReport, qualityQuerySchema, qualityReportSchema } from '@firstword/shared/quality-report';
import {
  type CostReport,
  costQuerySchema,
  costReportSchema,
  type OutsideLimit,
  type ResponseTimeReport,
  responseTimeQuerySchema,
  responseTimeReportSchema,
} from '@firstword/shared/reports';
import type { FeltTtft } from '../ledger/felt-ttft.ts';
import type { Reports } from '../ledger/reports.ts';
import type { Visits } from '../ledger/visits.ts';
import { dayOf } from '../lib/days.ts';
import type { QualityStore } from '../records/quality-store.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { checkSite, namesOf, siteIdsOf } from './api-sites.ts';

export interface ReportRouteParts {
  readonly felt: Pick<FeltTtft, 'read' | 'burn'>;
  readonly visits: Pick<Visits, 'completion'>;
  readonly reports: Pick<Reports, 'report'>;
  readonly quality: QualityStore;
  readonly outsideLimits: () => readonly OutsideLimit[];
  readonly modelStatus: () => ModelStatusView;
  /** Whether answers are asked for before triage has decided. */
  readonly speculates: boolean;
  /** Milliseconds since the epoch; determines today's date. */
  readonly now?: () => number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 7;
const FIRST_DAY = '1971-01-01';

export function createReportRoutes(parts: ReportRouteParts): ApiRoute[] {
  const { felt, visits, reports, quality, now = Date.now } = parts;
  const daysOf = ({ from, to = dayOf(now()) }: { from?: string | undefined; to?: string | undefined }) => {
    // PostgreSQL has no year 0.
    if (to < FIRST_DAY || (from ?? to) < FIRST_DAY)
      throw new ApiRefusal('bad-request', `from, to: no report has days before ${FIRST_DAY}.`);
    return { from: from ?? dayOf(Date.parse(to) - (DEFAULT_DAYS - 1) * DAY_MS), to };
  };

  return [
    routeForAgents(
      {
        method: 'get',
        path: '/reports/response-time',
        summary: 'Reports the time to first token that visitors of a site felt, and how many visits completed by it.',
        query: responseTimeQuerySchema,
        answer: { status: 200, schema: responseTimeReportSchema },
        refusals: ['not-found'],
      },
      async ({ query }, { sites }): Promise<ResponseTimeReport> => {
        const [first = ''] = sites.keys();
        const siteId = query.site ?? first;
        checkSite(sites, siteId);
        const { from, to } = daysOf(query);
        const [report, { objective, ...burn }, completion] = await withValidDays(() =>
          Promise.all([
            felt.read({ siteId, from, to, by: query.by }),
            felt.burn(siteId),
            visits.completion(siteId, from, to),
          ]),
        );
        return {
          site: siteId,
          from,
          to,
          by: query.by,
          sites: namesOf(sites),
          objective,
          burn,
          ...report,
          completion,
          outsideLimits: [...parts.outsideLimits()],
        };
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/reports/cost',
        summary: 'Reports the tokens and the cost of model calls, as far as prices are known.',
        query: costQuerySchema,
        answer: { status: 200, schema: costReportSchema },
        refusals: ['not-found'],
      },
      async ({ query }, { agent, sites }): Promise<CostReport> => {
        const { site, by } = query;
        const siteIds = siteIdsOf(sites, site);
        const { from, to } = daysOf(query);
        // Those of all sites include the model API, and sites that this server no longer has.
        const ofSites = site === undefined && mayEverywhere(agent, 'costs:read') ? {} : { siteIds };
        const [{ total, lines, figures }, ...completions] = await withValidDays(() =>
          Promise.all([
            reports.report({ from, to, by, ...ofSites }),
            ...siteIds.map((siteId) => visits.completion(siteId, from, to)),
          ]),
        );
        const visitCount = completions.flat().reduce((sum, { visits: some }) => sum + some, 0);
        const { speculation, ...others } = figures(visitCount);
        return {
          ...(site === undefined ? {} : { site }),
          ...{ from, to, by, sites: namesOf(sites), total, lines },
          figures: { ...others, speculation: parts.speculates ? speculation : { kind: 'no-data' } },
        };
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/reports/quality',
        summary: 'Reports how conversations went, what visitors thought of them, and what agents had to do.',
        query: qualityQuerySchema,
        answer: { status: 200, schema: qualityReportSchema },
        refusals: ['not-found'],
      },
      async ({ query }, { sites }): Promise<QualityReport> => {
        const { site, by } = query;
        const siteIds = siteIdsOf(sites, site);
        const { from, to } = daysOf(query);
        const findings = await withValidDays(() => quality.read({ siteIds, from, to, by }));
        return { ...(site === undefined ? {} : { site }), ...{ from, to, by, sites: namesOf(sites) }, ...findings };
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/models',
        summary: 'Reports what is wrong with the models now, and what the check of each one found.',
        answer: { status: 200, schema: modelStatusSchema },
      },
      async (): Promise<ModelStatusView> => parts.modelStatus(),
    ),
  ];
}

/** Days in the wrong order and too many days are the caller's error. */
async function withValidDays<Report>(read: () => Promise<Report>): Promise<Report> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RangeError) throw new ApiRefusal('bad-request', error.message);
    throw error;
  }
}
