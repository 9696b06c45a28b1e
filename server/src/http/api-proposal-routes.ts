/** Proposed articles: drafted on request, accepted as an article, or rejected. For administrators. */
import type { Article } from '@firstword/shared/article';
import { siteQuerySchema } from '@firstword/shared/knowledge';
import {
  type Proposal,
  proposalAcceptSchema,
  proposalListSchema,
  proposalRequestSchema,
  proposalSchema,
} from '@firstword/shared/proposal';
import { z } from 'zod';
import { phrase } from '../lib/phrase.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { type ApiSites, checkSite, refusalAt } from './api-sites.ts';
import { articleChanged, knowledgeChanged, type Recorded } from './audit-events.ts';

export interface ProposalRouteParts {
  readonly proposals: {
    request(
      siteId: string,
      from: { gap?: string | undefined; conversation?: string | undefined },
      by: string,
    ): Promise<Proposal | undefined>;
    list(siteId: string): Promise<Proposal[]>;
    load(id: string): Promise<Proposal | undefined>;
    accept(proposal: Proposal, article: Article, by: string): Promise<Proposal | undefined>;
    reject(proposal: Proposal, by: string): Promise<Proposal | undefined>;
  };
}

/** An article of the largest size, in UTF-8 and JSON. */
const ARTICLE_BODY = '1mb';

export function createProposalRoutes({ proposals }: ProposalRouteParts): ApiRoute[] {
  const find = async (id: string, sites: ApiSites): Promise<Proposal> => {
    const found = await proposals.load(id);
    if (found === undefined || !sites.has(found.siteId))
      throw refusalAt(sites, found?.siteId, 'There is no such proposal.');
    return found;
  };
  const decided = (proposal: Proposal | undefined): Proposal => {
    if (proposal === undefined)
      throw new ApiRefusal('not-allowed', phrase`Only an open proposal can be decided, and this one is not open.`);
    return proposal;
  };
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/knowledge/proposals',
        summary: 'Lists the proposed articles of a site, the newest first.',
        query: siteQuerySchema,
        answer: { status: 200, schema: proposalListSchema },
        refusals: ['not-found'],
      },
      async ({ query: { site } }, { sites }) => {
        checkSite(sites, site);
        return { proposals: await proposals.list(site) };
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/proposals',
        summary:
          'Drafts an article from the questions of a gap or from a conversation. It costs what an analysis costs.',
        body: proposalRequestSchema,
        answer: { status: 201, schema: proposalSchema },
        refusals: ['not-found'],
      },
      async ({ body: { site, ...from }, audit }, { agent, sites }) => {
        checkSite(sites, site);
        const requested = await proposals.request(site, from, agent.name);
        if (requested === undefined) throw new ApiRefusal('not-found', 'There is no such gap or conversation.');
        await audit(proposalChanged(requested, 'article draft requested'));
        return requested;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/proposals/{id}/accept',
        summary: 'Publishes the article as one that was written by hand.',
        body: proposalAcceptSchema,
        bodyMax: ARTICLE_BODY,
        answer: { status: 200, schema: proposalSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id, body: { article }, audit }, { agent, sites }) => {
        const accepted = decided(await proposals.accept(await find(id, sites), article, agent.name));
        await audit(articleChanged(accepted.siteId, 'proposed article accepted', article));
        return accepted;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/proposals/{id}/reject',
        summary: 'Rejects a proposed article.',
        body: z.strictObject({}),
        answer: { status: 200, schema: proposalSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id, audit }, { agent, sites }) => {
        const rejected = decided(await proposals.reject(await find(id, sites), agent.name));
        await audit(proposalChanged(rejected, 'proposed article rejected'));
        return rejected;
      },
    ),
  ];
}

function proposalChanged({ id, siteId }: Proposal, change: string): Recorded {
  return knowledgeChanged({ siteId, change, target: { kind: 'proposal', id } });
}
