import type { ProactiveMessages } from '@firstword/shared/proactive-message';
import { expect, test } from 'vitest';
import { createCurrentMessages } from './current-messages.ts';

const named = (name: string): ProactiveMessages => ({ name, messages: [] });

test('messages are read again after two seconds, and only a change counts as one', async () => {
  let [time, requests, served] = [0, 0, JSON.stringify(named('Harbour Coffee'))];
  const current = createCurrentMessages(
    async () => {
      requests += 1;
      return new Response(served);
    },
    () => time,
  );
  expect([current.last(), await current.refresh(), current.last()]).toEqual([undefined, true, named('Harbour Coffee')]);
  served = JSON.stringify(named('Harbour Tea'));
  time = 1999;
  expect([await current.refresh(), requests]).toEqual([false, 1]);
  time = 2000;
  expect([await current.refresh(), current.last()]).toEqual([true, named('Harbour Tea')]);
  time = 4000;
  expect([await current.refresh(), requests]).toEqual([false, 3]);
});

test.each<[string, () => Promise<Response>]>([
  ['the server is away', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['a proxy answers in its place', async () => new Response('<html>')],
  ['the site is gone', async () => new Response('{"code":"not-found"}', { status: 404 })],
])('where %s, what was read before stays', async (_, fails) => {
  let time = 0;
  const current = createCurrentMessages(
    () => (time === 0 ? Promise.resolve(new Response(JSON.stringify(named('Harbour Coffee')))) : fails()),
    () => time,
  );
  await current.refresh();
  time = 2000;
  expect([await current.refresh(), current.last()]).toEqual([false, named('Harbour Coffee')]);
});
