import { expect, test } from 'vitest';
import { createApi } from './api.ts';

const change = { expectedVersion: 3, idempotencyKey: '7f1d3a52-6a3c-4b0e-9d3e-2f6a1c9b7e11' };

/** Answers from a list, one for each request; an Error stands for a lost connection. */
function scriptedFetch(...answers: (Error | { status: number; body?: unknown })[]) {
  const requests: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    requests.push({ url: String(url), init });
    const answer = answers.shift();
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('nothing left');
    return new Response(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}), {
      status: answer.status,
    });
  };
  return { fetch: fetch as typeof globalThis.fetch, requests };
}

test('an action whose answer is lost is sent again with the same key', async () => {
  const { fetch, requests } = scriptedFetch(new Error('reset'), { status: 503 }, { status: 200, body: { done: true } });
  const api = createApi({ fetch, onSignedOut: () => {}, retryMs: [0, 0] });
  expect(await api.act('t1', 'claim', change)).toEqual({ ok: true, value: { done: true } });
  expect(requests.map(({ init }) => init.body)).toEqual(Array(3).fill(JSON.stringify(change)));
});

test('after three lost answers the failure says that nobody answered', async () => {
  const { fetch } = scriptedFetch(new Error('1'), new Error('2'), new Error('3'));
  const api = createApi({ fetch, onSignedOut: () => {}, retryMs: [0, 0] });
  expect(await api.readTicket('t1')).toMatchObject({ ok: false, code: 'offline' });
});

test('a conflict is told once and not tried again', async () => {
  const conflict = { code: 'conflict', message: 'Somebody was quicker.', detail: { ticket: { version: 4 } } };
  const { fetch, requests } = scriptedFetch({ status: 409, body: conflict });
  const api = createApi({ fetch, onSignedOut: () => {}, retryMs: [0, 0] });
  expect(await api.act('t1', 'claim', change)).toEqual({ ok: false, ...conflict });
  expect(requests).toHaveLength(1);
});

test('writes carry the token that the session gave', async () => {
  const { fetch, requests } = scriptedFetch({ status: 200, body: { csrf: 'token-1' } }, { status: 200 });
  const api = createApi({ fetch, onSignedOut: () => {} });
  await api.readSession();
  await api.signOut();
  expect(requests[0]?.init.headers).not.toHaveProperty('x-csrf-token');
  expect(requests[1]?.init.headers).toHaveProperty('x-csrf-token', 'token-1');
});

test('a session that ended is reported, whoever says it', async () => {
  let signedOut = 0;
  const { fetch } = scriptedFetch({ status: 401, body: '<html>sign in</html>' });
  await createApi({ fetch, onSignedOut: () => signedOut++ }).listTickets('review');
  expect(signedOut).toBe(1);
});

test('a sign-in is never repeated by itself', async () => {
  const { fetch, requests } = scriptedFetch(new Error('reset'));
  await createApi({ fetch, onSignedOut: () => {} }).signIn({ email: 'agent@shop.example', password: 'x' });
  expect(requests).toHaveLength(1);
});
