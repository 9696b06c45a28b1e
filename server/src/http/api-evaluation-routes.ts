/** Evaluations of a site's answers over REST: started, followed, stopped and exported. For administrators of the site. */
import {
  type EvaluationDetail,
  type EvaluationList,
  type EvaluationPlan,
  type EvaluationRequest,
  type EvaluationRun,
  evaluationDetailSchema,
  evaluationListSchema,
  evaluationRequestSchema,
  evaluationRunSchema,
} from '@firstword/shared/evaluation-run';
import { siteQuerySchema } from '@firstword/shared/knowledge';
import { z } from 'zod';
import { phrase } from '../lib/phrase.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents, TextAnswer } from './api-route.ts';
import { type ApiSites, checkSite, refusalAt } from './api-sites.ts';
import type { Recorded } from './audit-events.ts';
import { evaluationCsv } from './evaluation-csv.ts';

type EvaluationRefusal = 'busy' | 'no-cases' | 'stopped' | 'spent' | 'no-model';

export interface EvaluationRouteParts {
  readonly evaluations: {
    start(request: EvaluationRequest, by: string): Promise<EvaluationRun | EvaluationRefusal>;
    stop(id: string): Promise<EvaluationRun | undefined>;
    list(siteId: string): Promise<EvaluationRun[]>;
    load(id: string): Promise<EvaluationRun | undefined>;
    detail(id: string): Promise<EvaluationDetail | undefined>;
    plan(siteId: string): EvaluationPlan | undefined;
  };
}

const CSV = 'text/csv';
const formatSchema = z.strictObject({ format: z.enum(['json', 'csv']).default('json') });
const NOT_FOUND = 'There is no such evaluation.';

const REFUSALS: Readonly<Record<EvaluationRefusal, ConstructorParameters<typeof ApiRefusal>>> = {
  busy: ['conflict', phrase`An evaluation of this site is running. Wait for its end, or stop it.`],
  'no-cases': ['not-found', phrase`The site has none of these test cases.`],
  stopped: ['not-allowed', phrase`Model calls of this site are stopped.`],
  spent: ['not-allowed', phrase`Today's budget for model calls is nearly spent. What is left is for visitors.`],
  'no-model': ['not-allowed', phrase`No model endpoint is in a region that the site allows.`],
};

export function createEvaluationRoutes({ evaluations }: EvaluationRouteParts): ApiRoute[] {
  const find = async <Run extends EvaluationRun>(found: Promise<Run | undefined>, sites: ApiSites): Promise<Run> => {
    const run = await found;
    if (run === undefined || !sites.has(run.site)) throw refusalAt(sites, run?.site, NOT_FOUND);
    return run;
  };
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/evaluation-runs',
        summary: 'Lists the last evaluations of a site, the newest first, and what a message of a case may cost.',
        query: siteQuerySchema,
        answer: { status: 200, schema: evaluationListSchema },
        refusals: ['not-found'],
      },
      async ({ query: { site } }, { sites }): Promise<EvaluationList> => {
        checkSite(sites, site);
        const plan = evaluations.plan(site);
        return { runs: await evaluations.list(site), ...(plan !== undefined && { plan }) };
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/evaluation-runs',
        summary:
          'Starts an evaluation of all or some test cases of a site, in the background. One at a time for each site; it ends before a message that might exceed `maxUsd`.',
        body: evaluationRequestSchema,
        answer: { status: 201, schema: evaluationRunSchema },
        refusals: ['not-found', 'conflict', 'not-allowed'],
      },
      async ({ body, audit }, { agent, sites }) => {
        checkSite(sites, body.site);
        const started = await evaluations.start(body, agent.name);
        if (typeof started === 'string') throw new ApiRefusal(...REFUSALS[started]);
        const { cases, maxUsd } = started;
        await audit(evaluationChanged(started, { change: 'started', cases, maxUsd }));
        return started;
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/evaluation-runs/{id}',
        summary: 'Returns an evaluation with the cases that are judged so far, as JSON or CSV.',
        query: formatSchema,
        answer: { status: 200, schema: evaluationDetailSchema, textType: CSV },
        refusals: ['not-found'],
      },
      async ({ id, query: { format }, audit }, { sites }) => {
        const found = await find(evaluations.detail(id), sites);
        if (format === 'json') return found;
        await audit({ action: 'exported', target: { kind: 'evaluation', id }, siteId: found.site });
        return new TextAnswer(evaluationCsv(found), CSV);
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/evaluation-runs/{id}/stop',
        summary: 'Stops an evaluation. Its process ends it within a second, and the cases that it has judged are kept.',
        body: z.strictObject({}),
        answer: { status: 200, schema: evaluationRunSchema },
        refusals: ['not-found'],
      },
      async ({ id, audit }, { sites }) => {
        await find(evaluations.load(id), sites);
        const stopped = await evaluations.stop(id);
        if (stopped === undefined)
          throw new ApiRefusal('not-found', phrase`There is no running evaluation with this id.`);
        await audit(evaluationChanged(stopped, { change: 'stopped' }));
        return stopped;
      },
    ),
  ];
}

const evaluationChanged = ({ id, site }: EvaluationRun, after: NonNullable<Recorded['after']>): Recorded => ({
  action: 'evaluation-changed',
  target: { kind: 'evaluation', id },
  siteId: site,
  after,
});
