/**
 * The router as an OpenAI-compatible API for the owner's other programs: the same gateway, hedges, ledger and budgets as
 * for visitors. `model` names a task instead of a model.
 */
import { randomUUID } from 'node:crypto';
import type { Region } from '@firstword/shared/catalog';
import type { MaskPolicy } from '@firstword/shared/masking';
import { maySomewhere } from '@firstword/shared/permissions';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import type { ApiTokens } from '../agents/api-tokens.ts';
import { rolesBehind } from '../agents/program-access.ts';
import type { Gateway } from '../gateway/chat-call.ts';
import type { Budgets } from '../ledger/budgets.ts';
import type { PriceTable } from '../ledger/price-table.ts';
import type { Log } from '../lib/log.ts';
import { didYouMean } from '../lib/near-miss.ts';
import { createMaskFor } from '../masking/mask-policy.ts';
import { revealed } from '../masking/revealed-stream.ts';
import type { Router as ModelRouter } from '../routing/router.ts';
import { sendStream, sendWhole } from './answer-request.ts';
import { readCompletionRequest } from './chat-request.ts';
import { chooseTask, MODEL_NAMES, withinBudget } from './choose-task.ts';
import { fromExpress, fromGateway, fromLimit, fromRecords, invalidRequest, OpenAiError } from './openai-error.ts';

/** What the calls of programs belong to in the ledger and in `budgets.sites`; no site may have this id. */
export const MODEL_API_SITE_ID = 'model-api';

export interface ModelApiParts {
  readonly apiTokens: Pick<ApiTokens, 'check'>;
  readonly gateway: Pick<Gateway, 'stream'>;
  readonly router: ModelRouter;
  readonly budgets: Pick<Budgets, 'check' | 'prepare'>;
  readonly costOf: PriceTable['costOf'];
  /** Names that a request may give. */
  readonly regions: readonly Region[];
  readonly defaultRegion: Region;
  /** Which data is hidden from the models. */
  readonly maskPolicy: MaskPolicy;
  /** Refuses callers whose address is beyond the limit of refused calls. */
  readonly limitRefusedCalls: RequestHandler;
  readonly log: Log;
}

const BODY_MAX = '256kb';
/** Visitors come first: programs get at most this many answers at the same time from one process. */
const RUNNING_MAX = 100;
const REGION_HEADER = 'x-firstword-region';
/** Budgets of conversations and visitors don't apply to programs. */
const BUDGET_OWNER = { siteId: MODEL_API_SITE_ID, conversationId: 'none', visitorId: 'none' };

export function createModelApi(parts: ModelApiParts): Router {
  const { apiTokens, gateway, router: routeTo, budgets, costOf, log } = parts;
  let running = 0;

  async function admit(request: Request): Promise<string> {
    const [, token = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const program = token === '' ? undefined : await apiTokens.check(token);
    if (program === undefined)
      throw new OpenAiError(
        401,
        'authentication_error',
        'The API token is missing, wrong or was revoked. Send "Authorization: Bearer fw_…".',
        { code: 'invalid_api_key' },
      );
    if (program.scope !== 'models')
      throw new OpenAiError(
        403,
        'permission_error',
        `This API token has the scope "${program.scope}". Use one with the scope "models".`,
      );
    if (!maySomewhere({ roles: rolesBehind(program) }, 'team:manage'))
      throw new OpenAiError(
        403,
        'permission_error',
        'The agent who made this API token is no longer an administrator. Ask one for a new token.',
      );
    return program.id;
  }

  function regionOf(request: Request): Region {
    const given = request.get(REGION_HEADER) ?? parts.defaultRegion;
    if (parts.regions.includes(given)) return given;
    throw invalidRequest(
      `${REGION_HEADER}: there is no region "${given}".${didYouMean(given, parts.regions)} Use ${parts.regions.join(', ')}.`,
      REGION_HEADER,
    );
  }

  async function complete(request: Request, response: Response): Promise<void> {
    const asked = readCompletionRequest(request.body);
    const region = regionOf(request);
    await budgets.prepare(BUDGET_OWNER);
    const verdict = budgets.check(BUDGET_OWNER);
    if (verdict === 'stopped')
      throw new OpenAiError(503, 'server_error', 'Model calls are stopped by the operator.', {
        code: 'stopped',
        isLasting: true,
      });
    if (verdict === 'hand-off')
      throw new OpenAiError(429, 'insufficient_quota', `Today's budget of "${MODEL_API_SITE_ID}" is spent.`, {
        code: 'insufficient_quota',
        isLasting: true,
      });
    const of = (taskType: string) => routeTo({ taskType, region, allowedRegions: undefined });
    const task = withinBudget(chooseTask(asked, { maxTokensOf: (name) => of(name).maxTokens }), verdict);
    const route = of(task);
    const maxTokens = Math.min(asked.maxTokens ?? route.maxTokens, route.maxTokens);
    const leaving = new AbortController();
    response.once('close', () => leaving.abort('left'));
    const mask = createMaskFor(parts.maskPolicy, 'chat');
    const messages = asked.messages.map((message) => ({ ...message, content: mask.hide(message.content) }));
    const written = gateway.stream(
      {
        route: { ...route, maxTokens },
        purpose: 'router',
        owner: { siteId: MODEL_API_SITE_ID, visitorId: `program-${response.locals['programId']}` },
        messages,
        masked: mask.found(),
        json: asked.json,
      },
      leaving.signal,
    );
    const events = revealed(written, mask);
    const answer = { id: `chatcmpl-${randomUUID()}`, route, events, includeUsage: asked.includeUsage, costOf };
    try {
      await (asked.stream ? sendStream : sendWhole)(response, answer);
    } catch (error) {
      if (!leaving.signal.aborted) throw error; // otherwise the client has left and reads no error
    }
  }

  const api = Router();
  api.use(parts.limitRefusedCalls);
  api.use(async (request, response, next) => {
    response.set('cache-control', 'no-store');
    response.locals['programId'] = await admit(request);
    next();
  });
  api.get('/models', (_request, response) => {
    response.json({
      object: 'list',
      data: MODEL_NAMES.map((id) => ({ id, object: 'model', created: 0, owned_by: 'firstword' })),
    });
  });
  api.post('/chat/completions', express.json({ limit: BODY_MAX }), async (request, response) => {
    if (running >= RUNNING_MAX)
      throw new OpenAiError(429, 'rate_limit_error', 'Too many requests are running. Try again in a second.', {
        code: 'rate_limit_exceeded',
        retryAfterSeconds: 1,
      });
    running += 1;
    try {
      await complete(request, response);
    } finally {
      running -= 1;
    }
  });
  api.use((request) => {
    throw new OpenAiError(
      404,
      'invalid_request_error',
      `There is nothing at ${request.method} ${request.originalUrl}. Use POST /v1/chat/completions or GET /v1/models.`,
      { code: 'unknown_url' },
    );
  });
  api.use(answerErrors(log));
  return api;
}

/** Express recognises an error handler by its four parameters. */
function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const known =
      error instanceof OpenAiError
        ? error
        : (fromLimit(error) ?? fromGateway(error) ?? fromRecords(error) ?? fromExpress(error));
    if (known === undefined)
      log.error({ path: request.path, reason: error instanceof Error ? error.stack : String(error) }, 'request failed');
    if (response.headersSent) return next(error);
    const answer = known ?? new OpenAiError(500, 'server_error', 'The request failed. Try again in a few seconds.');
    if (answer.retryAfterSeconds !== undefined) response.set('retry-after', String(answer.retryAfterSeconds));
    if (answer.isLasting) response.set('x-should-retry', 'false');
    response.status(answer.status).json(answer.toBody());
  };
}
