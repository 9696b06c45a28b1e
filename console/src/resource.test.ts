import { expect, test } from 'vitest';
import type { Result } from './api.ts';
import { createResource } from './resource.ts';

function slowServer() {
  const waiting: { by: string; answer: (result: Result<string>) => void }[] = [];
  const reading = createResource<{ by: string }, string>(
    { by: 'day' },
    ({ by }) => new Promise((answer) => waiting.push({ by, answer })),
  );
  return { reading, waiting };
}

test('a late answer to an earlier question is dropped', async () => {
  const { reading, waiting } = slowServer();
  const first = reading.ask();
  const second = reading.ask({ by: 'model' });
  waiting[1]?.answer({ ok: true, value: 'by model' });
  await second;
  waiting[0]?.answer({ ok: true, value: 'by day' });
  await first;
  expect([reading.answer.value, reading.question.value.by, reading.busy.value]).toEqual(['by model', 'model', false]);
});

test('a failure keeps the answer before it, and says so', async () => {
  const { reading, waiting } = slowServer();
  reading.put('known');
  const asked = reading.ask();
  waiting[0]?.answer({ ok: false, code: 'offline', message: 'The server did not answer.' });
  await asked;
  expect([reading.answer.value, reading.failed.value]).toEqual(['known', true]);
});
