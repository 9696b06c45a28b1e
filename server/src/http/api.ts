/** The REST API under `/api/v1`, built from one table of routes. */
import type { SessionView, SignInOptions } from '@firstword/shared/sign-in';
import express, { type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import type { Agents } from '../agents/agents.ts';
import type { HostCookie } from '../agents/session-cookie.ts';
import type { Reports } from '../ledger/reports.ts';
import type { ClientAddressOf } from '../lib/client-address.ts';
import type { Log } from '../lib/log.ts';
import { OWN_MESSAGES } from '../lib/own-messages.ts';
import type { AuditEvent, AuditLog } from '../records/audit-log.ts';
import { storedValue } from '../records/stored-text.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { type AlertRouteParts, createAlertRoutes } from './api-alert-routes.ts';
import { type ArticleRouteParts, createArticleRoutes } from './api-article-routes.ts';
import { type AttachmentRouteParts, createAttachmentRoutes } from './api-attachment-routes.ts';
import { type AuditRouteParts, createAuditRoutes } from './api-audit-routes.ts';
import { type BenchmarkRouteParts, createBenchmarkRoutes } from './api-benchmark-routes.ts';
import { type BudgetRouteParts, createBudgetRoutes } from './api-budget-routes.ts';
import { createBulkRoutes } from './api-bulk-routes.ts';
import { type CannedReplyRouteParts, createCannedReplyRoutes } from './api-canned-reply-routes.ts';
import { type CaseRouteParts, createCaseRoutes } from './api-case-routes.ts';
import { type ConversationRouteParts, createConversationRoutes } from './api-conversation-routes.ts';
import { createDraftRoutes, type DraftRouteParts } from './api-draft-routes.ts';
import { answerApiErrors } from './api-errors.ts';
import { createEvaluationRoutes, type EvaluationRouteParts } from './api-evaluation-routes.ts';
import { createFeedRoutes, type FeedRouteParts } from './api-feed-routes.ts';
import { callerOf, createGuard, type GuardParts } from './api-guard.ts';
import { createGuidanceRoutes, type GuidanceRouteParts } from './api-guidance-routes.ts';
import { createModelRoutes, type ModelRouteParts } from './api-model-routes.ts';
import { describeApi, OPENAPI_PATH } from './api-openapi.ts';
import { createPictureRoutes, type PictureRouteParts } from './api-picture-routes.ts';
import { createPreferenceRoutes, type PreferenceRouteParts } from './api-preference-routes.ts';
import { createProposalRoutes, type ProposalRouteParts } from './api-proposal-routes.ts';
import { createPushRoutes, type PushRouteParts } from './api-push-routes.ts';
import { ApiRefusal } from './api-refusal.ts';
import { createReplayRoutes, type ReplayRouteParts } from './api-replay-routes.ts';
import { createReportRoutes, type ReportRouteParts } from './api-report-routes.ts';
import { type ApiRequest, type ApiRoute, type Caller, StreamAnswer, TextAnswer } from './api-route.ts';
import { createSearchRoutes } from './api-search-routes.ts';
import { createSecondFactorRoutes } from './api-second-factor-routes.ts';
import { createSessionRoutes } from './api-session-routes.ts';
import { createSiteRoutes, type SiteRouteParts } from './api-site-routes.ts';
import { createSourceRoutes, type SourceRouteParts } from './api-source-routes.ts';
import { createStatusRoutes, type StatusRouteParts } from './api-status-routes.ts';
import { createTeamRoutes } from './api-team-routes.ts';
import { createTicketRoutes, type TicketRouteParts } from './api-ticket-routes.ts';
import { createTokenRoutes, type TokenRouteParts } from './api-token-routes.ts';
import { createTriageRoutes, type TriageRouteParts } from './api-triage-routes.ts';
import { createViewRoutes, type ViewRouteParts } from './api-view-routes.ts';
import { createVisitorDataRoutes, type VisitorDataRouteParts } from './api-visitor-data-routes.ts';
import { createVisitorRoutes, type VisitorRouteParts } from './api-visitor-routes.ts';
import { createWebhookRoutes, type WebhookRouteParts } from './api-webhook-routes.ts';
import { createWritingRoutes, type WritingRouteParts } from './api-writing-routes.ts';
import { requestFault } from './request-fault.ts';
import { permissionOf } from './route-permissions.ts';

export interface ApiParts
  extends GuardParts,
    TicketRouteParts,
    TriageRouteParts,
    ReportRouteParts,
    BudgetRouteParts,
    AlertRouteParts,
    AuditRouteParts,
    ConversationRouteParts,
    ReplayRouteParts,
    SiteRouteParts,
    ModelRouteParts,
    BenchmarkRouteParts,
    EvaluationRouteParts,
    SourceRouteParts,
    ArticleRouteParts,
    VisitorDataRouteParts,
    GuidanceRouteParts,
    CaseRouteParts,
    CannedReplyRouteParts,
    AttachmentRouteParts,
    DraftRouteParts,
    WritingRouteParts,
    ProposalRouteParts,
    PictureRouteParts,
    PreferenceRouteParts,
    PushRouteParts,
    StatusRouteParts,
    ViewRouteParts,
    FeedRouteParts,
    WebhookRouteParts,
    VisitorRouteParts {
  readonly tickets: Tickets;
  readonly archive: ConversationRouteParts['archive'] & ViewRouteParts['archive'];
  readonly attachments: AttachmentRouteParts['attachments'];
  readonly store: Pick<ConversationStore, 'snapshot' | 'ratings'>;
  readonly reports: Reports;
  readonly agents: Agents;
  readonly apiTokens: TokenRouteParts['apiTokens'] & GuardParts['apiTokens'];
  readonly deviceCookie: HostCookie;
  readonly addressOf: ClientAddressOf;
  readonly auditLog: AuditLog;
  readonly signInOptions: SignInOptions;
  /** Refuses callers whose address is beyond the limit of refused calls. */
  readonly limitRefusedCalls: RequestHandler;
  readonly mode: () => SessionView['mode'];
  /** Ids of all configured models. */
  readonly models: () => readonly string[];
  /** Called when a session ends, so that its sockets are disconnected. */
  readonly onSignOut: (token: string) => void;
  readonly onAccessChange: (agentId: string) => void;
  readonly log: Log;
}

const BODY_MAX = '32kb';
const NO_BYTES = new Uint8Array();
/** Our ids. Anything else never becomes part of a Redis key. */
const ID = /^[\w.-]{1,64}$/;

export function createApi(parts: ApiParts): Router {
  const routes = [
    ...createSessionRoutes(parts),
    ...createBulkRoutes(parts),
    ...createTicketRoutes(parts),
    ...createConversationRoutes(parts),
    ...createReplayRoutes(parts),
    ...createSearchRoutes(parts),
    ...createTriageRoutes(parts),
    ...createReportRoutes(parts),
    ...createBudgetRoutes(parts),
    ...createAlertRoutes(parts),
    ...createSiteRoutes(parts),
    ...createModelRoutes(parts),
    ...createBenchmarkRoutes(parts),
    ...createEvaluationRoutes(parts),
    ...createSourceRoutes(parts),
    ...createArticleRoutes(parts),
    ...createVisitorDataRoutes(parts),
    ...createGuidanceRoutes(parts),
    ...createCaseRoutes(parts),
    ...createCannedReplyRoutes(parts),
    ...createAttachmentRoutes(parts),
    ...createDraftRoutes(parts),
    ...createWritingRoutes(parts),
    ...createProposalRoutes(parts),
    ...createFeedRoutes(parts),
    ...createSecondFactorRoutes(parts),
    ...createPictureRoutes(parts),
    ...createPreferenceRoutes(parts),
    ...createPushRoutes(parts),
    ...createStatusRoutes(parts),
    ...createViewRoutes(parts),
    ...createTeamRoutes(parts),
    ...createTokenRoutes(parts),
    ...createAuditRoutes(parts),
    ...createWebhookRoutes(parts),
    ...createVisitorRoutes(parts),
  ];
  const router = express.Router();
  router.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  router.use(parts.limitRefusedCalls);
  let description: Buffer | undefined;
  router.get(OPENAPI_PATH, (_request, response) => {
    // On first use, so that it does not delay the start, and once: it is large, and anyone may ask for it.
    description ??= Buffer.from(JSON.stringify(describeApi(routes)));
    response.type('json').send(description);
  });
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const guard = createGuard(parts, route.method, permissionOf(route));
    router[route.method](path, guard, ...readBody(route), serve(parts, route));
  }
  router.use((request) => {
    throw new ApiRefusal('not-found', `There is nothing at ${request.method} ${request.path}.`);
  });
  router.use(answerApiErrors(parts.log));
  return router;
}

function readBody({ bodySchema, bytesMax, bodyMax = BODY_MAX }: ApiRoute): RequestHandler[] {
  if (bytesMax !== undefined) return [express.raw({ limit: bytesMax, type: () => true })];
  if (bodySchema === undefined) return [];
  const requireJson: RequestHandler = (request, _response, next) => {
    if (!request.is('application/json'))
      throw new ApiRefusal('bad-request', 'The request body must be JSON with the content type application/json.');
    next();
  };
  return [requireJson, express.json({ limit: bodyMax, type: 'application/json' })];
}

function serve({ cookie, deviceCookie, addressOf, auditLog }: ApiParts, route: ApiRoute): RequestHandler {
  return async (request, response) => {
    const id = String(request.params['id'] ?? '');
    if (request.params['id'] !== undefined && !ID.test(id))
      throw new ApiRefusal('not-found', 'There is nothing with this id.');
    const caller = callerOf(response);
    const apiRequest: ApiRequest<unknown, unknown> = {
      id,
      body: route.bodySchema && checked(route.bodySchema, request.body),
      query: route.querySchema && checked(route.querySchema, { ...request.query }),
      bytes: Buffer.isBuffer(request.body) ? request.body : NO_BYTES,
      address: addressOf(request),
      device: deviceCookie.read(request.headers.cookie, request.secure),
      userAgent: request.get('user-agent') ?? '',
      signIn({ token, device }) {
        response.append('set-cookie', cookie.set(token, request.secure));
        response.append('set-cookie', deviceCookie.set(device, request.secure));
      },
      audit: (event) => auditLog.add({ actor: actorOf(caller), address: addressOf(request).ip, ...event }),
      signOut: () => void response.append('set-cookie', cookie.clear(request.secure)),
    };
    const answer = await route.handle(apiRequest, caller);
    response.status(route.answer.status);
    if (route.answer.status === 204) response.end();
    else if (answer instanceof StreamAnswer) await sendPieces(response, answer);
    else if (answer instanceof TextAnswer) response.set(answer.headers).type(answer.type).send(answer.text);
    else response.json(answer);
  };
}

async function sendPieces(response: Response, { pieces, type, onLeave }: StreamAnswer): Promise<void> {
  response.once('close', onLeave);
  // Proxies such as nginx would otherwise hold the pieces back.
  response.set('x-accel-buffering', 'no').type(type);
  for await (const piece of pieces) {
    if (response.closed) return;
    response.write(piece);
  }
  response.end();
}

function actorOf(caller: Caller | undefined): AuditEvent['actor'] {
  if (caller === undefined) return { kind: 'unknown' };
  const { id, name } = caller.agent;
  return { kind: caller.session === undefined ? 'program' : 'agent', id, name };
}

function checked(schema: z.ZodType, value: unknown): unknown {
  // Visitors' texts are stored in the same way.
  const parsed = schema.safeParse(storedValue(value), OWN_MESSAGES);
  if (!parsed.success) throw new ApiRefusal('bad-request', requestFault(parsed.error));
  return parsed.data;
}
