/** A server for operators alone: metrics, and readiness with every detail. */
import { createServer, type Server } from 'node:http';
import express, { type Router } from 'express';
import type { Registry } from 'prom-client';

export function createOperatorServer(health: Router, metrics: Registry): Server {
  const app = express();
  app.disable('x-powered-by');
  app.use(health);
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  app.use((_request, response) => void response.sendStatus(404));
  return createServer(app);
}
