import type { ModelSettingsView } from '@firstword/shared/model-settings';
import { expect, test } from 'vitest';
import { draftOf, keyOf, settingsOf, unpricedModels } from './model-draft.ts';

const VIEW: Pick<ModelSettingsView, 'settings' | 'defaults' | 'fixed'> = {
  settings: { chains: {}, models: [], allowOutsideLimits: false },
  defaults: { instant: ['qwen3-8b'], fast: ['deepseek-v4-flash'], quality: ['glm-5'] },
  fixed: {},
};

test('an unchanged form has the default models, and saves no chain', () => {
  const draft = draftOf(VIEW);
  expect(draft.chains).toEqual({ instant: 'qwen3-8b', fast: 'deepseek-v4-flash', quality: 'glm-5' });
  expect(settingsOf(draft, VIEW, {})).toEqual(VIEW.settings);
  expect(unpricedModels(draft)).toEqual([]);
});

test('models of one’s own are saved with their prices and with the TTFT that was measured', () => {
  const draft = {
    ...draftOf(VIEW),
    baseUrl: ' http://localhost:11434 ',
    chains: { instant: 'qwen3:8b', fast: 'qwen3:8b, deepseek-v4-flash,', quality: '' },
    prices: { 'qwen3:8b': { input: '0', output: '0,5' } },
  };
  const settings = settingsOf(draft, VIEW, { 'qwen3:8b': 181.4, 'deepseek-v4-flash': 900 });
  expect(settings).toEqual({
    baseUrl: 'http://localhost:11434',
    chains: { instant: ['qwen3:8b'], fast: ['qwen3:8b', 'deepseek-v4-flash'] },
    models: [{ id: 'qwen3:8b', ttftMs: 181, inputUsdPerMillion: 0, outputUsdPerMillion: 0.5 }],
    allowOutsideLimits: false,
  });
  expect(draftOf({ ...VIEW, settings }).prices).toEqual({ 'qwen3:8b': { input: '0', output: '0.5' } });
});

test('what the configuration sets is not sent back', () => {
  const view = { ...VIEW, fixed: { endpoint: 'LLM_BASE_URL', quality: 'firstword.config.json' } };
  const draft = { ...draftOf(view), baseUrl: 'https://of-the-environment.example/v1' };
  expect(settingsOf({ ...draft, chains: { ...draft.chains, quality: 'other' } }, view, {})).toEqual(VIEW.settings);
});

test('an empty key keeps the saved one, unless it is removed', () => {
  const draft = draftOf(VIEW);
  expect(keyOf(draft)).toEqual({});
  expect(keyOf({ ...draft, apiKey: 'sk-1' })).toEqual({ apiKey: 'sk-1' });
  expect(keyOf({ ...draft, removesKey: true })).toEqual({ apiKey: null });
});
