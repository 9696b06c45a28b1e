/** A visitor's own requests about their data, under `/visitor-data`: download everything, or delete it. */
import type { Site } from '@firstword/shared/site';
import { type RequestHandler, type Response, Router } from 'express';
import { RefusedError } from '../lib/guarded.ts';
import type { Log } from '../lib/log.ts';
import type { EraseVisitor } from '../privacy/erase-visitor.ts';
import { writeExportPage } from '../privacy/export-page.ts';
import type { ExportVisitor } from '../privacy/export-visitor.ts';
import type { FindVisitor } from '../privacy/find-visitor.ts';
import type { Session, SessionStore } from '../store/session-store.ts';

export interface OwnDataParts {
  readonly sites: ReadonlyMap<string, Site>;
  readonly sessions: Pick<SessionStore, 'resume'>;
  readonly allows: (site: Site, origin: string | undefined) => boolean;
  /** @throws RefusedError `rate-limited` */
  readonly admit: (visitorId: string) => Promise<void>;
  readonly visitorData: {
    /** Does not walk through Redis: any visitor may call it. */
    readonly findOwn: FindVisitor;
    readonly exportAll: ExportVisitor;
    readonly erase: EraseVisitor;
  };
  readonly log: Log;
}

interface OwnRequest {
  readonly token: string;
  readonly session: Session;
}

export function createOwnData(parts: OwnDataParts): Router {
  const { sites, sessions, visitorData, log } = parts;
  const router = Router();
  /** One at a time: each reads everything of its visitor. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };

  router.use((request, response, next) => {
    const site = sites.get(String(request.query['site'] ?? ''));
    const { origin } = request.headers;
    response.set({ vary: 'origin', 'cache-control': 'private, no-store' });
    if (site !== undefined && origin !== undefined && parts.allows(site, origin))
      response.set({
        'access-control-allow-origin': origin,
        'access-control-allow-headers': 'authorization',
        'access-control-allow-methods': 'POST',
        'access-control-max-age': '600',
      });
    if (request.method === 'OPTIONS') return void response.status(204).end();
    next();
  });

  const own =
    (act: (visitor: OwnRequest, response: Response) => Promise<void>): RequestHandler =>
    async (request, response) => {
      const site = sites.get(String(request.query['site'] ?? ''));
      const token = /^Bearer ([\w-]{1,256})$/.exec(request.headers.authorization ?? '')?.[1];
      const session = site && token ? await sessions.resume(token, site.id) : undefined;
      if (site === undefined || token === undefined || session === undefined)
        return refuse(response, 401, 'session-expired', 'This session has ended.');
      if (!parts.allows(site, request.headers.origin))
        return refuse(response, 403, 'origin-refused', 'This page may not ask for data of this site.');
      if (!site.dataRequests)
        return refuse(response, 404, 'not-found', 'This site answers requests about data itself. Contact its owner.');
      try {
        await parts.admit(session.visitorId);
        await act({ token, session }, response);
      } catch (error) {
        if (error instanceof RefusedError) return refuse(response, 429, error.code, error.message, error.retryAfterMs);
        log.warn({ reason: String(error) }, 'a request about data failed');
        refuse(response, 503, 'unavailable', 'The request failed. Try again in a few seconds.');
      }
    };
  const subjectOf = ({ token, session }: OwnRequest) => visitorData.findOwn({ session: token }, [session.siteId]);

  router.post(
    '/export',
    own(async (visitor, response) => {
      const exported = await inTurn(async () => visitorData.exportAll(await subjectOf(visitor), { internal: false }));
      response.type('text/html').set('content-disposition', 'attachment').send(writeExportPage(exported));
    }),
  );
  router.post(
    '/erase',
    own(async (visitor, response) => {
      response.json({ ok: true, ...(await inTurn(async () => visitorData.erase(await subjectOf(visitor)))) });
    }),
  );
  return router;
}

function refuse(response: Response, status: number, code: string, message: string, retryAfterMs?: number): void {
  response.status(status).json({ ok: false, code, message, ...(retryAfterMs && { retryAfterMs }) });
}
