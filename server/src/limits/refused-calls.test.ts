import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler } from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { createClientAddress } from '../lib/client-address.ts';
import { RefusedError } from '../lib/guarded.ts';
import { createAddressPace } from './address-pace.ts';
import { createFairShare } from './fair-share.ts';
import { limitTableSchema } from './limit-table.ts';
import { createRefusedCallLimit } from './refused-calls.ts';

const TABLE = limitTableSchema.parse({
  address: { refusedCalls: { refuseAbove: 3 } },
  network: { refusedCalls: { refuseAbove: 5 } },
});
const ARE_KNOWN = { authorization: 'Bearer valid' };

function countCalls() {
  const counts = new Map<string, number>();
  const read = (key: string) => counts.get(key) ?? 0;
  return {
    read: async (key: string) => read(key),
    async add(key: string, points: number) {
      counts.set(key, read(key) + points);
      return { count: read(key), msLeft: 30_000 };
    },
  };
}

/** Answers with the status in the path, and with 429 beyond the limit. */
async function start() {
  const refused: string[] = [];
  const fairShare = createFairShare({
    table: TABLE,
    counterOf: countCalls,
    checks: { issue: () => ({ token: '', tries: 1, numbers: 1 }), judge: async () => 'unsolved' },
    pace: createAddressPace(async () => true),
    onRefused: ({ scope }) => refused.push(scope),
  });
  let served = 0;
  const toStatus: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    if (!(error instanceof RefusedError)) throw error;
    response.status(429).json({ code: error.code, retryAfterMs: error.retryAfterMs });
  };
  const app = express()
    .use(
      createRefusedCallLimit({
        fairShare,
        addressOf: createClientAddress('loopback'),
        isKnown: async ({ headers }) => headers.authorization === ARE_KNOWN.authorization,
      }),
    )
    .get('/:status', (request, response) => {
      served += 1;
      response.status(Number(request.params.status)).end();
    })
    .use(toStatus);
  const http = app.listen(0, '127.0.0.1');
  onTestFinished(() => void http.close());
  await new Promise((resolve) => http.once('listening', resolve));
  const { port } = http.address() as AddressInfo;
  const call = async (address: string, status: number, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}/${status}`, {
      headers: { 'x-forwarded-for': address, ...headers },
    });
    await answer.text();
    return answer.status;
  };
  return { call, refused, served: () => served };
}

test('an address whose calls were refused gets nothing more, and nothing is done for it', async () => {
  const { call, served, refused } = await start();
  for (const status of [401, 403, 404]) expect(await call('203.0.113.7', status)).toBe(status);
  expect(await call('203.0.113.7', 404)).toBe(429);
  expect(await call('203.0.113.7', 200)).toBe(429);
  expect(served()).toBe(3);
  expect(refused).toEqual(['address', 'address']);
  expect(await call('203.0.113.8', 200)).toBe(200);
});

test('what succeeds, or fails because of the server, does not count', async () => {
  const { call } = await start();
  for (const status of [200, 204, 500, 503, 200, 503]) expect(await call('203.0.113.7', status)).toBe(status);
});

test('a valid token is neither counted nor refused at an address that a stranger uses', async () => {
  const { call } = await start();
  for (const status of [404, 409, 404, 400]) expect(await call('203.0.113.7', status, ARE_KNOWN)).toBe(status);
  for (const status of [401, 401, 401]) expect(await call('203.0.113.7', status)).toBe(status);
  expect(await call('203.0.113.7', 401, { authorization: 'Bearer guessed' })).toBe(429);
  expect(await call('203.0.113.7', 200, ARE_KNOWN)).toBe(200);
});

test('the /64 of an IPv6 address counts as one, and so does its /48 at a higher limit', async () => {
  const { call } = await start();
  for (const host of ['1', '2', '3']) expect(await call(`2001:db8:1:1::${host}`, 404)).toBe(404);
  expect(await call('2001:db8:1:1::4', 404)).toBe(429);
  for (const subnet of ['2', '3']) expect(await call(`2001:db8:1:${subnet}::1`, 404)).toBe(404);
  expect(await call('2001:db8:1:4::1', 404)).toBe(429);
  expect(await call('2001:db8:2:1::1', 404)).toBe(404);
});
