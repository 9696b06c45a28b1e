import type { ModelCheck } from '@firstword/shared/model-status';
import { expect, test } from 'vitest';
import { checkWords, type FaultPlace } from './check-texts.ts';
import { check as german } from './de/check-texts.ts';

const found: ModelCheck = {
  ...{ modelId: 'own', upstreamName: 'org/own', endpointId: 'console-3', address: 'https://api.example/v1/chat' },
  ...{ tiers: ['fast'], reachable: true, price: 'output-only', refusedFields: [], warnings: [], concerns: [] },
};
const line = { level: 'ok', subject: 'own (fast)', found: 'first token after 80 ms', asked: 'x' } as const;

test('a line says what was measured, with the names and numbers of the console', () => {
  const { subject, found: words } = checkWords({
    ...line,
    check: { ...found, ttftMs: 80, tokensPerSecond: 4201, refusedFields: ['top_p'] },
  });
  expect(subject).toBe('own (Fast)');
  expect(words).toBe('first token after 80 ms, 4,201 tokens/s, asked without top_p, which it refuses, no input price');
});

test('what has no words here is shown in those of the server', () => {
  expect(checkWords(line)).toEqual({ subject: 'own (fast)', found: 'first token after 80 ms', asked: 'x' });
  const fault = { code: 'unauthorized', message: 'status 401', fix: 'Check the API key.' };
  const { found: words, fix } = checkWords({ ...line, check: { ...found, fault } });
  expect([words, fix]).toEqual(['unauthorized: status 401', 'Check the API key.']);
});

test('a concern is said beside what was measured', () => {
  expect(checkWords({ ...line, check: { ...found, concerns: ['no-usage'] } }).fix).toBe(
    'The endpoint reports no token usage, so costs are estimates.',
  );
});

test('each German fix is whole, with the settings of the console and with those of the environment', () => {
  const place: FaultPlace = {
    ...{
      model: 'org/own',
      address: 'https://api.example/v1/chat',
      host: 'api.example',
      names: '',
      foundUrl: undefined,
    },
    ...{ urlSetting: undefined, keySetting: undefined },
  };
  const ofEnvironment = { ...place, urlSetting: 'LLM_BASE_URL', keySetting: 'LLM_API_KEY', names: 'a und b' };
  for (const fix of Object.values(german.fixes))
    for (const where of [place, { ...ofEnvironment, foundUrl: 'https://api.example/v1' }])
      expect(fix(where)).toMatch(/^[^ ](?:(?!undefined| {2}).)*\.$/);
  expect(german.fixes.unauthorized(ofEnvironment)).toContain('Prüfen Sie LLM_API_KEY:');
});
