import { expect, test } from 'vitest';
import { perceptionOf } from './perception.ts';

test('a wait belongs to the band that begins with it', () => {
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
