/** A visitor's own requests about their data, under `/visitor-data`: download everything, or delete it. */
import { type RequestHandler, type Response, Router } from 'express';
import { RefusedError } from '../lib/guarded.ts';
import type { Log } from '../lib/log.ts';
import type { EraseVisitor } from '../privacy/erase-visitor.ts';
import { writeExportPage } from '../privacy/export-page.ts';
import type { ExportVisitor } from '../privacy/export-visitor.ts';
import type { FindVisitor } from '../privacy/find-visitor.ts';
import { createVisitorAccess, type VisitorAccessParts, type VisitorRequest } from './visitor-access.ts';

export interface OwnDataParts extends VisitorAccessParts {
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

export function createOwnData(parts: OwnDataParts): Router {
  const { visitorData, log } = parts;
  const { cors, visitorOf } = createVisitorAccess(parts);
  const router = Router();
  /** One at a time: each reads everything of its visitor. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };

  router.use(cors({ headers: 'authorization', methods: 'POST' }));

  const own =
    (act: (visitor: VisitorRequest, response: Response) => Promise<void>): RequestHandler =>
    async (request, response) => {
      const visitor = await visitorOf(request);
      if (visitor === undefined) return refuse(response, 401, 'session-expired', 'This session has ended.');
      const { site, session } = visitor;
      if (!parts.allows(site, request.headers.origin))
        return refuse(response, 403, 'origin-refused', 'This page may not ask for data of this site.');
      if (!site.dataRequests)
        return refuse(response, 404, 'not-found', 'This site answers requests about data itself. Contact its owner.');
      try {
        await parts.admit(session.visitorId);
        await act(visitor, response);
      } catch (error) {
        if (error instanceof RefusedError) return refuse(response, 429, error.code, error.message, error.retryAfterMs);
        log.warn({ reason: String(error) }, 'a request about data failed');
        refuse(response, 503, 'unavailable', 'The request failed. Try again in a few seconds.');
      }
    };
  const subjectOf = ({ token, session }: VisitorRequest) => visitorData.findOwn({ session: token }, [session.siteId]);

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
