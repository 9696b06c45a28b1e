import { expect, test } from 'vitest';
import type { Result } from './api.ts';
import { createResource } from './resource.ts';

function slowServer() {
  const waiting: { by: string; answer: (result: Result<string>) => void }[] = [];
  const resource = createResource<{ by: string }, string>(
    { by: 'day' },
    ({ by }) => new Promise((answer) => waiting.push({ by, answer })),
  );
  return { resource, waiting };
}

test('a late answer to an earlier question is dropped', async () => {
  const { resource, waiting } = slowServer();
  const first = resource.ask();
  const second = resource.ask({ by: 'model' });
  waiting[1]?.answer({ ok: true, value: 'by model' });
  await second;
  waiting[0]?.answer({ ok: true, value: 'by day' });
  await first;
  expect([resource.answer.value, resource.question.value.by, resource.busy.value]).toEqual([
    'by model',
    'model',
    false,
  ]);
});

test('a failure keeps the answer before it, and says so', async () => {
  const { resource, waiting } = slowServer();
  resource.put('known');
  const asked = resource.ask();
  waiting[0]?.answer({ ok: false, code: 'offline', message: 'The server did not answer.' });
  await asked;
  expect([resource.answer.value, resource.failed.value]).toEqual(['known', true]);
});
