import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeFault } from './guarded.ts';

test('a fault names the field and what it allows', () => {
  const { error } = z.strictObject({ name: z.string().max(3) }).safeParse({ name: 'Ada Lovelace' });
  expect(error && describeFault(error)).toMatch(/^name: /);
});

test('unknown keys are not repeated at length', () => {
  const keys = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`key ${index}`, 1]));
  const { error } = z.strictObject({}).safeParse(keys);
  expect(error && describeFault(error).length).toBeLessThanOrEqual(500);
});
