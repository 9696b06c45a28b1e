import type { ModelCheckEvent, ModelSettingsView } from '@firstword/shared/model-settings';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createModelsController } from './models-controller.ts';

const LINE = { level: 'ok', subject: 'own (fast)', found: 'first token after 90 ms' } as const;
const VIEW: ModelSettingsView = {
  ...{ version: 0, source: 'demo', key: 'none', fixed: {}, inUse: [], chains: [], versions: [] },
  settings: { chains: {}, models: [], allowOutsideLimits: false },
  defaults: { instant: ['a'], fast: ['b'], quality: ['c'] },
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what a check measures is saved with the models, and the page follows the check of what was saved', async () => {
  const check = vi.fn(async (_request: object, onEvent: (event: ModelCheckEvent) => void) => {
    onEvent({ total: 1 });
    onEvent({ modelId: 'own', ttftMs: 90, line: LINE });
    return { ok: true, value: undefined } as const;
  });
  let stored = VIEW;
  const save = vi.fn(async () => {
    stored = { ...VIEW, version: 1, source: 'console' };
    return { ok: true, value: stored } as const;
  });
  const failed = { ok: false, code: 'offline', message: '' } as const;
  const models = createModelsController(
    {
      modelSettings: {
        ...{ check, save },
        read: async () => ({ ok: true, value: stored }),
        rollBack: async () => failed,
        readDiff: async () => failed,
      },
      readResponseTime: async () => failed,
    },
    'demo',
  );
  await models.load();
  expect(models.isDemo.value).toBe(true);
  models.edit({ baseUrl: 'https://models.example', apiKey: 'sk-1' });
  models.edit({ chains: { instant: 'a', fast: 'own', quality: 'c' } });
  await models.checkModels('draft');
  expect(models.check.value).toEqual({ of: 'draft', isRunning: false, total: 1, lines: [LINE] });
  expect(await models.save()).toBe(true);
  expect(save).toHaveBeenCalledWith({
    apiKey: 'sk-1',
    expectedVersion: 0,
    settings: {
      baseUrl: 'https://models.example',
      chains: { fast: ['own'] },
      models: [{ id: 'own', ttftMs: 90 }],
      allowOutsideLimits: false,
    },
  });
  expect([models.isDemo.value, models.draft.value?.apiKey, models.awaitsCheck.value]).toEqual([false, '', true]);
  stored = { ...stored, lastCheck: { at: 1, lines: [LINE] } };
  await vi.advanceTimersByTimeAsync(1000);
  expect(models.awaitsCheck.value).toBe(false);
  expect(models.view.response.value?.lastCheck?.lines).toEqual([LINE]);
  // The check of a local model may end before the response is written.
  const checked: ModelSettingsView = { ...stored, versions: [{ number: 2, createdAt: 1, by: 'Ann' }] };
  save.mockResolvedValueOnce({ ok: true, value: checked });
  expect(await models.save()).toBe(true);
  expect(models.awaitsCheck.value).toBe(false);
  models.leave();
  expect(models.draft.value).toBeUndefined();
});
