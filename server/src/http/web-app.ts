/** The Express application: headers, assets, health, metrics, and one error handler. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import type { Registry } from 'prom-client';
import type { Log } from '../lib/log.ts';
import type { OperatorAccess } from './operator-access.ts';

export interface HttpAppParts {
  readonly api: Router;
  /** Undefined where agents sign in with passwords alone. */
  readonly providerSignIn?: Router | undefined;
  /** The OpenAI-compatible API for programs. */
  readonly modelApi: Router;
  readonly files: Router;
  /** Of agents. */
  readonly pictures: Router;
  readonly visitorData: Router;
  readonly sessionEnd: Router;
  /** What closed chats may say on their own. */
  readonly proactiveMessages: Router;
  readonly assets: Router;
  readonly health: Router;
  readonly metrics: Registry;
  readonly mayReadDetails: OperatorAccess;
  /** Browsers reach the server over https alone. */
  readonly publicHttps: boolean;
  /** What is at `/`: the demo site, or the preview page. */
  readonly pages: Router;
  /** Express' `trust proxy`; false when no proxy is in front, so that the socket's address is the visitor's. */
  readonly trustProxy: boolean | number | string;
  /** Time limit for receiving a request, in milliseconds. Uploads are only limited by the server's own timeout. */
  readonly bodyMs: number;
  readonly log: Log;
}

export function createHttpApp(parts: HttpAppParts): Express {
  const { api, modelApi, files, visitorData, sessionEnd, assets, health, metrics, mayReadDetails } = parts;
  const { pages, trustProxy, bodyMs, log } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', trustProxy);
  app.use(health);
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'self'"],
          'connect-src': ["'self'"],
          'img-src': ["'self'", 'data:'],
          'object-src': ["'none'"],
          'base-uri': ["'none'"],
          'form-action': ["'self'"],
          'frame-ancestors': ["'none'"],
        },
      },
      // Plain http on localhost must keep working.
      strictTransportSecurity: parts.publicHttps ? { maxAge: ONE_YEAR_S, includeSubDomains: false } : false,
      xFrameOptions: { action: 'deny' },
    }),
  );
  app.use((_request, response, next) => {
    response.set('permissions-policy', PERMISSIONS);
    next();
  });
  app.get('/metrics', async (request, response, next) => {
    if (!mayReadDetails(request)) return next();
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  app.use('/files', files);
  app.use(receivedWithin(bodyMs, (path) => FILE_UPLOAD.test(path)));
  app.use('/visitor-data', visitorData);
  app.use('/pictures', parts.pictures);
  app.use('/sessions/end', sessionEnd);
  app.use('/proactive-messages', parts.proactiveMessages);
  if (parts.providerSignIn !== undefined) app.use('/sign-in', parts.providerSignIn);
  app.use('/api/v1', api);
  app.use('/v1', modelApi);
  app.use(assets);
  app.use(pages);
  app.use((request, response) => {
    response.status(404).json({ code: 'not-found', message: `There is nothing at ${request.path}.` });
  });
  app.use(answerErrors(log));
  return app;
}

const ONE_YEAR_S = 31_536_000;
/** What no page of this server uses. */
const PERMISSIONS = 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()';

const FILE_UPLOAD = /^\/api\/v1\/(?:knowledge\/sources|tickets)\/[\w.-]+\/files$/;

/** Destroys a connection whose request does not arrive in time. */
function receivedWithin(ms: number, isUpload: (path: string) => boolean): RequestHandler {
  return (request, _response, next) => {
    if (isUpload(request.path)) return next();
    const timer = setTimeout(() => request.complete || request.destroy(), ms);
    request.once('close', () => clearTimeout(timer));
    next();
  };
}

/** Express recognises an error handler by its four parameters. */
function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const status = statusOf(error);
    if (status >= 500)
      log.error({ path: request.path, reason: error instanceof Error ? error.stack : String(error) }, 'request failed');
    if (response.headersSent) return next(error);
    response
      .status(status)
      .json(
        status === 404
          ? { code: 'not-found', message: `There is nothing at ${request.path}.` }
          : status < 500
            ? { code: 'bad-request', message: 'The request is malformed.' }
            : { code: 'unavailable', message: 'The request failed. Try again in a few seconds.' },
      );
  };
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 600 ? status : 500;
}
