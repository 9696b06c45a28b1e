import { expect, test } from 'vitest';
import { createApi } from './api.ts';

const change = { expectedVersion: 3, idempotencyKey: '7f1d3a52-6a3c-4b0e-9d3e-2f6a1c9b7e11' };

/** Returns one response from the list for each request. An Error is a lost connection. */
function scriptedFetch(...responses: (Error | { status: number; body?: unknown })[]) {
  const requests: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    requests.push({ url: String(url), init });
    const response = responses.shift();
    if (response === undefined || response instanceof Error) throw response ?? new Error('no response left');
    return new Response(typeof response.body === 'string' ? response.body : JSON.stringify(response.body ?? {}), {
      status: response.status,
    });
  };
  return { fetch: fetch as typeof globalThis.fetch, requests };
}

test('an action without a response is retried with the same idempotency key', async () => {
  const { fetch, requests } = scriptedFetch(new Error('reset'), { status: 503 }, { status: 200, body: { done: true } });
  const api = createApi({ fetch, onSignedOut: () => {}, retryMs: [0, 0] });
  expect(await api.act('t1', 'claim', change)).toEqual({ ok: true, value: { done: true } });
  expect(requests.map(({ init }) => init.body)).toEqual(Array(3).fill(JSON.stringify(change)));
});

test('after three attempts without a response, the failure is offline', async () => {
  const { fetch } = scriptedFetch(new Error('1'), new Error('2'), new Error('3'));
  const api = createApi({ fetch, onSignedOut: () => {}, retryMs: [0, 0] });
  expect(await api.readTicket('t1')).toMatchObject({ ok: false, code: 'offline' });
});

test('a conflict is returned without a retry', async () => {
  const conflict = { code: 'conflict', message: 'The ticket has changed.', detail: { ticket: { version: 4 } } };
  const { fetch, requests } = scriptedFetch({ status: 409, body: conflict });
  const api = createApi({ fetch, onSignedOut: () => {}, retryMs: [0, 0] });
  expect(await api.act('t1', 'claim', change)).toEqual({ ok: false, ...conflict });
  expect(requests).toHaveLength(1);
});

test('writes carry the session’s CSRF token', async () => {
  const { fetch, requests } = scriptedFetch({ status: 200, body: { csrf: 'token-1' } }, { status: 200 });
  const api = createApi({ fetch, onSignedOut: () => {} });
  await api.readSession();
  await api.signOut();
  expect(requests[0]?.init.headers).not.toHaveProperty('x-csrf-token');
  expect(requests[1]?.init.headers).toHaveProperty('x-csrf-token', 'token-1');
});

test('an ended session is reported, also by a response without our JSON', async () => {
  let signedOut = 0;
  const { fetch } = scriptedFetch({ status: 401, body: '<html>sign in</html>' });
  await createApi({ fetch, onSignedOut: () => signedOut++ }).listTickets('review');
  expect(signedOut).toBe(1);
});

test('a sign-in is never retried automatically', async () => {
  const { fetch, requests } = scriptedFetch(new Error('reset'));
  await createApi({ fetch, onSignedOut: () => {} }).signIn({ email: 'agent@shop.example', password: 'x' });
  expect(requests).toHaveLength(1);
});
