/** A site's guidance for answers, its versions, and a preview. For administrators. */
import {
  type AnswerPreview,
  answerPreviewRequestSchema,
  answerPreviewSchema,
  type Guidance,
  type GuidanceView,
  guidanceChangeSchema,
  guidanceRollBackSchema,
  guidanceViewSchema,
} from '@firstword/shared/guidance';
import { siteQuerySchema } from '@firstword/shared/knowledge';
import { phrase } from '../lib/phrase.ts';
import type { GuidanceAdmin } from '../sources/guidance-admin.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { checkSite } from './api-sites.ts';
import { type KnowledgeChange, knowledgeChanged, type Recorded } from './audit-events.ts';

export interface GuidanceRouteParts {
  readonly guidance: GuidanceAdmin;
  /** Undefined when no model answers. */
  readonly previewAnswer: (
    siteId: string,
    guidance: Guidance,
    question: string,
    askerId: string,
  ) => Promise<AnswerPreview | undefined>;
}

/** Guidance of the largest size, in UTF-8 and JSON. */
export const GUIDANCE_BODY = '512kb';

export function createGuidanceRoutes({ guidance, previewAnswer }: GuidanceRouteParts): ApiRoute[] {
  const viewAfter = async (site: string, outcome: 'saved' | 'conflict' | 'missing'): Promise<GuidanceView> => {
    if (outcome === 'missing') throw new ApiRefusal('not-found', 'There is no such version.');
    if (outcome === 'conflict')
      throw new ApiRefusal(
        'conflict',
        phrase`The guidance was changed meanwhile. Read it again, then repeat your change.`,
      );
    return guidance.view(site);
  };
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/knowledge/guidance',
        summary: "Returns a site's guidance for answers and its versions, the newest first.",
        query: siteQuerySchema,
        answer: { status: 200, schema: guidanceViewSchema },
        refusals: ['not-found'],
      },
      async ({ query: { site } }, { sites }) => {
        checkSite(sites, site);
        return guidance.view(site);
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/guidance',
        summary: 'Saves guidance as a new version. Answers use it within two seconds.',
        body: guidanceChangeSchema,
        bodyMax: GUIDANCE_BODY,
        answer: { status: 200, schema: guidanceViewSchema },
        refusals: ['not-found', 'conflict'],
      },
      async ({ body: { site, guidance: changed, expectedVersion }, audit }, { agent, sites }) => {
        checkSite(sites, site);
        const saved = await guidance.save(site, changed, { after: expectedVersion, by: agent.name });
        const view = await viewAfter(site, saved);
        await audit(guidanceChanged(site, 'guidance saved', { after: { version: expectedVersion + 1 } }));
        return view;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/guidance/roll-back',
        summary: 'Makes an earlier version of the guidance the newest one.',
        body: guidanceRollBackSchema,
        answer: { status: 200, schema: guidanceViewSchema },
        refusals: ['not-found', 'conflict'],
      },
      async ({ body: { site, version }, audit }, { agent, sites }) => {
        checkSite(sites, site);
        const view = await viewAfter(site, await guidance.rollBack(site, version, agent.name));
        await audit(guidanceChanged(site, 'guidance rolled back', { after: { version } }));
        return view;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/guidance/preview',
        summary: 'Answers a question with the given guidance, which is not saved. It costs what an answer costs.',
        body: answerPreviewRequestSchema,
        bodyMax: GUIDANCE_BODY,
        answer: { status: 200, schema: answerPreviewSchema },
        refusals: ['not-found', 'unavailable'],
      },
      async ({ body: { site, guidance: draft, question } }, { agent, sites }) => {
        checkSite(sites, site);
        const preview = await previewAnswer(site, draft, question, agent.id);
        return preview ?? Promise.reject(new ApiRefusal('unavailable', phrase`No model answered. Try again later.`));
      },
    ),
  ];
}

function guidanceChanged(siteId: string, change: string, values: Pick<KnowledgeChange, 'after'>): Recorded {
  return knowledgeChanged({ siteId, change, target: { kind: 'guidance', id: siteId }, ...values });
}
