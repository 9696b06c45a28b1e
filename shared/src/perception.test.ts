import { expect, test } from 'vitest';
import { perceptionOf } from './perception.ts';

test('the limit between two bands belongs to the slower one', () => {
  expect([0, 199.9, 200, 399.9, 400, 799.9, 800, 60_000].map(perceptionOf)).toEqual([
    'instant',
    'instant',
    'fast',
    'fast',
    'noticeable',
    'noticeable',
    'slow',
    'slow',
  ]);
});
