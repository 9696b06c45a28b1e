/** A visitor's own requests about their data, under `/visitor-data`: download everything, delete it, or delete one conversation. */
import { type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { RefusedError } from '../lib/guarded.ts';
import type { Log } from '../lib/log.ts';
import type { EraseOwnConversation } from '../privacy/erase-own-conversation.ts';
import type { EraseVisitor } from '../privacy/erase-visitor.ts';
import { writeExportPage } from '../privacy/export-page.ts';
import type { ExportVisitor } from '../privacy/export-visitor.ts';
import type { FindVisitor } from '../privacy/find-visitor.ts';
import type { AuditLog } from '../records/audit-log.ts';
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
  readonly eraseOwnConversation: EraseOwnConversation;
  readonly auditLog: Pick<AuditLog, 'add'>;
  readonly log: Log;
}

/** Anything else erases nothing: it must never be read as a request to erase everything. */
const querySchema = z.object({ conversation: z.uuid().optional() });
type OwnRequest = VisitorRequest & { readonly query: z.infer<typeof querySchema> };

export function createOwnData(parts: OwnDataParts): Router {
  const { visitorData, eraseOwnConversation, auditLog, log } = parts;
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
    (act: (visitor: OwnRequest, response: Response) => Promise<void>): RequestHandler =>
    async (request, response) => {
      const visitor = await visitorOf(request);
      if (visitor === undefined) return refuse(response, 401, 'session-expired', 'This session has ended.');
      const { site, session } = visitor;
      if (!parts.allows(site, request.headers.origin))
        return refuse(response, 403, 'origin-refused', 'This page may not ask for data of this site.');
      if (!site.dataRequests)
        return refuse(response, 404, 'not-found', 'This site answers requests about data itself. Contact its owner.');
      const query = querySchema.safeParse(request.query);
      if (!query.success) return refuse(response, 400, 'bad-request', 'The parameter conversation must be a UUID.');
      try {
        await parts.admit(session.visitorId);
        await act({ ...visitor, query: query.data }, response);
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
  /** Without the network address, which is stored of agents alone. */
  const recordErased = ({ session }: VisitorRequest, target: { kind: string; id: string }) =>
    auditLog.add({
      actor: { kind: 'visitor', id: session.visitorId },
      ...{ action: 'erased', target, siteId: session.siteId },
    });

  router.post(
    '/erase',
    own(async (visitor, response) => {
      const { session } = visitor;
      const { conversation } = visitor.query;
      if (conversation === undefined) {
        await recordErased(visitor, { kind: 'visitor', id: session.visitorId });
        const report = await inTurn(async () => visitorData.erase(await subjectOf(visitor)));
        return void response.json({ ok: true, ...report });
      }
      const removed = await inTurn(() => eraseOwnConversation(session, conversation));
      if (removed === undefined)
        return refuse(response, 404, 'not-found', 'You have no such conversation. It may have been deleted already.');
      await recordErased(visitor, { kind: 'conversation', id: conversation });
      response.json({ ok: true, removed });
    }),
  );
  return router;
}

function refuse(response: Response, status: number, code: string, message: string, retryAfterMs?: number): void {
  response.status(status).json({ ok: false, code, message, ...(retryAfterMs && { retryAfterMs }) });
}
