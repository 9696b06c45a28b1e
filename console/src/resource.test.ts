import { expect, test } from 'vitest';
import type { Result } from './api.ts';
import { createResource } from './resource.ts';

function deferredServer() {
  const waiting: { by: string; answer: (result: Result<string>) => void }[] = [];
  const resource = createResource<{ by: string }, string>(
    { by: 'day' },
    ({ by }) => new Promise((answer) => waiting.push({ by, answer })),
  );
  return { resource, waiting };
}

test('a late response to an earlier request is dropped', async () => {
  const { resource, waiting } = deferredServer();
  const first = resource.load();
  const second = resource.load({ by: 'model' });
  waiting[1]?.answer({ ok: true, value: 'by model' });
  await second;
  waiting[0]?.answer({ ok: true, value: 'by day' });
  await first;
  expect([resource.response.value, resource.query.value.by, resource.busy.value]).toEqual(['by model', 'model', false]);
});

test('a failure keeps the previous value and is reported', async () => {
  const { resource, waiting } = deferredServer();
  resource.set('known');
  const request = resource.load();
  waiting[0]?.answer({ ok: false, code: 'offline', message: 'The server didn’t respond.' });
  await request;
  expect([resource.response.value, resource.failed.value]).toEqual(['known', true]);
});
