/** A visitor's sessions over REST: list them, and end them all. */
import {
  type VisitorSessions,
  visitorSessionsQuerySchema,
  visitorSessionsSchema,
} from '@firstword/shared/visitor-sessions';
import type { Session, SessionStore } from '../store/session-store.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { type ApiSites, checkSite } from './api-sites.ts';

export interface VisitorRouteParts {
  readonly sessions: Pick<SessionStore, 'list'>;
  /** Ends the session, and disconnects its sockets. */
  readonly endSession: (session: Pick<Session, 'id' | 'siteId' | 'visitorId'>) => Promise<void>;
}

export function createVisitorRoutes({ sessions, endSession }: VisitorRouteParts): ApiRoute[] {
  const listOf = (visitorId: string, site: string, sites: ApiSites) => {
    checkSite(sites, site);
    return sessions.list(site, visitorId);
  };
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/visitors/{id}/sessions',
        summary: "Lists a visitor's sessions, the newest first.",
        query: visitorSessionsQuerySchema,
        answer: { status: 200, schema: visitorSessionsSchema },
        refusals: ['not-found'],
      },
      async ({ id, query }, { sites }): Promise<VisitorSessions> => {
        const listed = await listOf(id, query.site, sites);
        return { sessions: listed.map(({ startedAt, lastAt, identified }) => ({ startedAt, lastAt, identified })) };
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/visitors/{id}/sessions',
        summary: "Ends a visitor's sessions in all browsers. Their conversations stay.",
        query: visitorSessionsQuerySchema,
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id, query, audit }, { sites }) => {
        for (const session of await listOf(id, query.site, sites))
          await endSession({ id: session.id, siteId: query.site, visitorId: id });
        await audit({ action: 'session-ended', target: { kind: 'visitor', id }, siteId: query.site });
      },
    ),
  ];
}
