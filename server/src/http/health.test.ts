import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createLatch } from '@firstword/testing/latch';
import express, { type RequestHandler } from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { createHealth, type HealthPart } from './health.ts';

async function start(redis: HealthPart, onRequest: RequestHandler) {
  const { router } = createHealth({ required: { redis }, optional: {} }, async () => []);
  const http = express().use(onRequest, router).listen(0, '127.0.0.1');
  onTestFinished(() => void http.close());
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).status;
}

test('those who ask at the same time share one check, and the next one gets a new one', async () => {
  const AT_ONCE = 20;
  let [asked, checks] = [0, 0];
  const all = createLatch();
  const ask = await start(
    async () => {
      checks += 1;
      if (checks > 1) throw new Error('away');
      await all.opened;
    },
    (_request, _response, next) => {
      asked += 1;
      next();
      if (asked === AT_ONCE) all.open();
    },
  );
  expect(await Promise.all(Array.from({ length: AT_ONCE }, ask))).toEqual(Array.from({ length: AT_ONCE }, () => 200));
  expect(checks).toBe(1);
  expect(await ask()).toBe(503);
});
