/** The Express application: headers, assets, health, metrics, and one place where errors become answers. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import type { Registry } from 'prom-client';
import type { Log } from '../lib/log.ts';

export interface HttpAppParts {
  readonly api: Router;
  readonly files: Router;
  readonly assets: Router;
  readonly health: Router;
  readonly metrics: Registry;
  /** The demo site, in a start without configuration. */
  readonly pages?: Router | undefined;
  /** As Express' `trust proxy`; false where the socket's address is the visitor's. */
  readonly trustProxy: boolean | number | string;
  /** Within so many milliseconds a request must be there whole; files alone may take as long as the server lets them. */
  readonly bodyMs: number;
  readonly log: Log;
}

export function createHttpApp(parts: HttpAppParts): Express {
  const { api, files, assets, health, metrics, pages, trustProxy, bodyMs, log } = parts;
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
      // Plain HTTP on localhost must keep working; a proxy in front adds HSTS.
      strictTransportSecurity: false,
    }),
  );
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  app.use('/files', files);
  app.use(wholeWithin(bodyMs));
  app.use('/api/v1', api);
  app.use(assets);
  if (pages !== undefined) app.use(pages);
  app.use((request, response) => {
    response.status(404).json({ code: 'not-found', message: `There is nothing at ${request.path}.` });
  });
  app.use(answerErrors(log));
  return app;
}

/** A connection whose request does not come is closed without a word: nobody listens there. */
function wholeWithin(ms: number): RequestHandler {
  return (request, _response, next) => {
    const patience = setTimeout(() => request.complete || request.destroy(), ms);
    request.once('close', () => clearTimeout(patience)); // it is whole, or its connection is gone
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
            ? { code: 'bad-request', message: 'The request was not understood.' }
            : { code: 'unavailable', message: 'This did not work just now.' },
      );
  };
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 600 ? status : 500;
}
