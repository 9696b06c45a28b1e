/** What routes for visitors' browsers share: which pages may call them, and whose session a request carries. */
import type { Site } from '@firstword/shared/site';
import type { Request, RequestHandler } from 'express';
import type { Session, SessionStore } from '../store/session-store.ts';

export interface VisitorAccessParts {
  readonly sites: ReadonlyMap<string, Site>;
  readonly sessions: Pick<SessionStore, 'resume'>;
  readonly allows: (site: Site, origin: string | undefined) => boolean;
}

export interface VisitorRequest {
  readonly site: Site;
  readonly session: Session;
  /** The session's token. */
  readonly token: string;
}

export interface VisitorAccess {
  /** Lets pages of the site in the query send these headers and methods, and answers their preflight requests. */
  cors(allowed: { readonly headers: string; readonly methods: string }): RequestHandler;
  /** The visitor whose session token the request carries. */
  visitorOf(request: Request): Promise<VisitorRequest | undefined>;
}

export function createVisitorAccess({ sites, sessions, allows }: VisitorAccessParts): VisitorAccess {
  const siteOf = ({ query }: Request) => sites.get(String(query['site'] ?? ''));
  return {
    cors:
      ({ headers, methods }) =>
      (request, response, next) => {
        const site = siteOf(request);
        const { origin } = request.headers;
        response.set({ vary: 'origin', 'cache-control': 'private, no-store' });
        if (site !== undefined && origin !== undefined && allows(site, origin))
          response.set({
            'access-control-allow-origin': origin,
            'access-control-allow-headers': headers,
            'access-control-allow-methods': methods,
            'access-control-max-age': '600',
          });
        if (request.method === 'OPTIONS') return void response.status(204).end();
        next();
      },
    async visitorOf(request) {
      const site = siteOf(request);
      const token = /^Bearer ([\w-]{1,256})$/.exec(request.headers.authorization ?? '')?.[1];
      if (site === undefined || token === undefined) return undefined;
      const session = await sessions.resume(token, site.id);
      return session && { site, session, token };
    },
  };
}
