import { REFERENCE_MODELS } from '@firstword/shared/catalog';
import { expect, test } from 'vitest';
import { familyProfile } from './family-profiles.ts';
import { mergeProfiles, modelProfileSchema } from './model-profile.ts';
import { createModelRegistry } from './model-registry.ts';
import { checkTiers, DEFAULT_TIERS } from './tiers.ts';

test.each([
  ['deepseek-v4-flash', { thinking: { type: 'disabled' } }],
  ['deepseek/deepseek-v4-pro', { thinking: { type: 'disabled' } }],
  ['Qwen/Qwen3-8B', { enable_thinking: false, chat_template_kwargs: { enable_thinking: false } }],
  ['qwen3:8b', { reasoning_effort: 'none' }],
  ['glm-5', { thinking: { type: 'disabled' } }],
  ['kimi-k2.5', { thinking: { type: 'disabled' } }],
  ['gpt-5-mini', { reasoning_effort: 'minimal' }],
  ['gpt-5.1', { reasoning_effort: 'none' }],
  ['gemini-2.5-flash', { reasoning_effort: 'none' }],
  ['doubao-seed-lite', { thinking: { type: 'disabled' } }],
])('%s is asked not to think', (name, request) => {
  expect(familyProfile(name)).toMatchObject({ thinks: 'switchable', request });
});

test.each([
  'deepseek-r1',
  'DeepSeek-R1-Distill-Qwen-7B',
  'deepseek-reasoner',
  'qwq-32b',
  'qwen3-235b-a22b-thinking-2507',
  'minimax-m2.5',
  'o3-mini',
  'Olmo-3-7B-Think',
  'acme-7b-reasoning',
])('%s always thinks, and has room for it', (name) => {
  const { thinks, thinkingTokens = 0 } = familyProfile(name);
  expect(thinks).toBe('always');
  expect(thinkingTokens).toBeGreaterThan(0);
});

test.each([
  'gpt-4o-mini',
  'qwen2.5-7b-instruct',
  'qwen3-4b-instruct-2507',
  'llama3.2:3b',
  'mistral-small-latest',
  'glm-4-32b',
])('%s does not think', (name) => {
  expect(familyProfile(name)).toEqual({ thinks: 'never' });
});

test('an unknown family has no profile', () => {
  expect(familyProfile('acme-fast-non-reasoning')).toEqual({});
  expect(familyProfile('acme-chat-1')).toEqual({});
});

test('every model of the catalog has a profile, and the default tiers hold none that always thinks', () => {
  const models = createModelRegistry([]);
  for (const { id } of REFERENCE_MODELS) expect(models.get(id)?.profile.thinks, id).toBeDefined();
  expect(() => checkTiers(DEFAULT_TIERS, models)).not.toThrow();
});

test("a model's own settings change its family's field by field", () => {
  const family = { thinks: 'switchable', request: { a: 1, b: 2 }, temperature: false } as const;
  const merged = mergeProfiles(family, { request: { b: 3 }, temperature: true });
  expect(merged).toEqual({ thinks: 'switchable', request: { a: 1, b: 3 }, temperature: true });
});

test("the family is found by the endpoint's name of the model, and settings of the owner win", () => {
  const entry = { id: 'small', upstreamName: 'qwen3:8b', ttftMs: 150, thinks: 'never' } as const;
  const profile = createModelRegistry([entry]).get('small')?.profile;
  expect(profile).toEqual({ thinks: 'never', request: { reasoning_effort: 'none' } });
});

test('a model that always thinks is refused in an interactive tier, with the reason', () => {
  const models = createModelRegistry([{ id: 'r', upstreamName: 'deepseek-r1', ttftMs: 100, outputUsdPerMillion: 0.1 }]);
  const tiers = { ...DEFAULT_TIERS, fast: { maxTokens: 200, chain: { default: ['r'] } } };
  expect(() => checkTiers(tiers, models)).toThrow(
    'tiers.fast.chain.default[0]: model "r" always thinks before it answers',
  );
});

test.each([
  [{ request: { model: 'x' } }, '"model" is set by the server'],
  [{ request: { max_tokens: 9 } }, 'use maxTokensField or tiers.*.maxTokens'],
  [{ headers: { Authorization: 'x' } }, '"Authorization" is set by the server'],
  [{ headers: { 'x y': 'x' } }, '"x y" is not a header name'],
  [{ headers: { 'x-y': 'a\nb' } }, 'has a character that no header may hold'],
])('%j is refused', (profile, message) => {
  expect(modelProfileSchema.safeParse(profile).error?.issues[0]?.message).toContain(message);
});
