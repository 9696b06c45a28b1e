/** Sample figures for tests: a typical model, a slow unknown one, and one that never answered. */
import { type ModelFigures, toFigures } from './model-figures.ts';

const call = (ttftMs: number, tokensPerSecond: number) => ({
  ttftMs,
  tokensPerSecond,
  outputTokens: 150,
  estimated: false,
});

export const SAMPLE_MODELS: readonly ModelFigures[] = [
  toFigures({ id: 'deepseek-v4-flash', calls: [call(178, 59), call(184, 61)], errors: {} }),
  toFigures({
    id: '=own,"<model>"',
    calls: [{ ...call(900, 12), estimated: true }],
    errors: { 'upstream-error': 2 },
  }),
  toFigures({ id: 'glm-5', calls: [], errors: { 'rate-limited': 3 } }),
];
