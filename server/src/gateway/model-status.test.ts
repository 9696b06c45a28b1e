import { silentLog } from '@firstword/testing/silent-log';
import { expect, test } from 'vitest';
import { createModelStatus } from './model-status.ts';

const alarm = {
  code: 'unauthorized',
  endpointId: 'main',
  modelId: 'fast',
  upstreamName: 'org/fast',
  address: 'https://x.example/v1/chat/completions',
  message: 'status 401',
  fix: 'Check LLM_API_KEY.',
} as const;

function statusAt() {
  let ms = 0;
  const logged: object[] = [];
  const raised: string[] = [];
  const log = { ...silentLog, error: (fields: object) => void logged.push(fields) };
  const status = createModelStatus({ log, onAlarm: ({ code }) => raised.push(code), now: () => ms });
  return { status, logged, raised, wait: (more: number) => (ms += more) };
}

test('is unchecked, then ok, then names the fault of a check', () => {
  const { status } = statusAt();
  expect(status.view().state).toBe('unchecked');
  status.checked([]);
  expect(status.view().state).toBe('ok');
  const { code, message, fix, ...asked } = alarm;
  const check = { ...asked, tiers: [], reachable: true, price: 'full', refusedFields: [], warnings: [] } as const;
  status.checked([
    { ...check, tiers: [], refusedFields: [], warnings: [], concerns: [], fault: { code, message, fix } },
  ]);
  expect(status.view().state).toBe('unauthorized');
});

test('the same alarm is logged once a minute, counted each time, and kept since the first', () => {
  const { status, logged, raised, wait } = statusAt();
  status.raise(alarm);
  wait(59_999);
  status.raise(alarm);
  expect(logged).toHaveLength(1);
  wait(1);
  status.raise(alarm);
  expect(logged).toHaveLength(2);
  expect(raised).toHaveLength(3);
  expect(status.view().alarms).toMatchObject([{ count: 3, since: new Date(0).toISOString() }]);
});

test('a success ends the alarms of its endpoint, and that of a model only for this model', () => {
  const { status } = statusAt();
  status.raise(alarm);
  status.raise({ ...alarm, code: 'unknown-model', modelId: 'instant' });
  status.raise({ ...alarm, endpointId: 'region-asia' });
  status.called({ outcome: 'failed', endpointId: 'main', modelId: 'fast' });
  expect(status.view().alarms).toHaveLength(3);
  status.called({ outcome: 'done', endpointId: 'main', modelId: 'fast' });
  expect(status.view().alarms.map(({ code, endpointId }) => `${endpointId} ${code}`)).toEqual([
    'main unknown-model',
    'region-asia unauthorized',
  ]);
  status.called({ outcome: 'done', endpointId: 'main', modelId: 'instant' });
  expect(status.view().state).toBe('unauthorized');
});
