import { REFERENCE_MODELS } from '@firstword/shared/catalog';
import { expect, test } from 'vitest';
import { type ModelFigures, toFigures } from '../../evaluation/model-figures.ts';
import { compareWithReference } from './reference-check.ts';

function measured(id: string, ttftMs: number, tokensPerSecond: number): ModelFigures {
  return toFigures({ id, calls: [{ ttftMs, tokensPerSecond, outputTokens: 150, estimated: false }], errors: {} });
}

test('the published figures pass for every model', () => {
  const rows = REFERENCE_MODELS.map((model) => measured(model.id, model.ttftMs['us-east'], model.tokensPerSecond));
  const comparisons = compareWithReference(rows, 'us-east');
  expect(comparisons).toHaveLength(30);
  expect(comparisons.every(({ within, deviation }) => within && deviation === 0)).toBe(true);
});

test('a deviation of 5 % passes, a slightly larger one fails, in both directions', () => {
  const within = (ttftMs: number) => compareWithReference([measured('glm-5', ttftMs, 25)], 'us-east')[0]?.within;
  expect([475, 525].map(within)).toEqual([true, true]);
  expect([474, 526].map(within)).toEqual([false, false]);
});

test('one stalled run of ten does not fail the check', () => {
  const calls = [480, 480, 480, 480, 480, 480, 480, 480, 480, 880].map((ttftMs) => ({
    ttftMs,
    tokensPerSecond: 20,
    outputTokens: 150,
    estimated: false,
  }));
  const [ttft] = compareWithReference([toFigures({ id: 'kimi-k2.5', calls, errors: {} })], 'asia');
  expect(ttft).toMatchObject({ measured: 480, within: true });
});

test('in Asia, only models measured there and the speed are compared', () => {
  const rows = [measured('qwen3-32b', 210, 45), measured('qwen3-8b', 150, 70)];
  expect(compareWithReference(rows, 'asia').map(({ modelId, figure }) => `${modelId} ${figure}`)).toEqual([
    'qwen3-32b ttft',
    'qwen3-32b tokensPerSecond',
    'qwen3-8b tokensPerSecond',
  ]);
});

test('a published model without a figure fails', () => {
  const rows = [toFigures({ id: 'glm-5', calls: [], errors: { 'timed-out': 3 } })];
  expect(compareWithReference(rows, 'us-east')).toMatchObject([
    { figure: 'ttft', measured: undefined, within: false },
    { figure: 'tokensPerSecond', measured: undefined, within: false },
  ]);
});

test('a model without published figures is not compared', () => {
  expect(compareWithReference([measured('own-model', 1, 1)], 'us-east')).toEqual([]);
});
