import { expect, test } from 'vitest';
import { createSeededRandom } from '../seeded-random.ts';
import { BEFORE_CLAUSE, BEFORE_ENTER, BEFORE_WORD, typeText, WITHIN_WORD } from './keystrokes.ts';

test('the medians are those of the model, and the same seed has the same keystrokes', () => {
  const random = createSeededRandom(1);
  const typed = Array.from({ length: 2000 }, () => typeText('ab cd, ef', random));
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const gapAt = (at: number) => median(typed.map(({ gapsMs }) => gapsMs[at] ?? 0));
  const found = [gapAt(1), gapAt(3), gapAt(7), median(typed.map(({ beforeEnterMs }) => beforeEnterMs))];
  for (const [index, { medianMs }] of [WITHIN_WORD, BEFORE_WORD, BEFORE_CLAUSE, BEFORE_ENTER].entries())
    expect((found[index] ?? 0) / medianMs).toBeCloseTo(1, 1);
  expect(typeText('ab cd', createSeededRandom(7))).toEqual(typeText('ab cd', createSeededRandom(7)));
});
