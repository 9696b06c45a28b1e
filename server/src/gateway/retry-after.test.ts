import { expect, test } from 'vitest';
import { readRetryAfterMs } from './retry-after.ts';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 0, 0);

test.each([
  ['whole seconds', { 'retry-after': '120' }, 120_000],
  ['milliseconds, which are exacter', { 'retry-after': '1', 'retry-after-ms': '350' }, 350],
  ['a date', { 'retry-after': 'Wed, 20 May 2026 12:00:30 GMT' }, 30_000],
  ['a date gone by', { 'retry-after': 'Wed, 20 May 2026 11:00:00 GMT' }, 0],
  ['more than a day', { 'retry-after': '999999999' }, 86_400_000],
  ['nothing', {}, undefined],
  ['something else', { 'retry-after': 'soon' }, undefined],
])('%s', (_name, headers, ms) => {
  expect(readRetryAfterMs(headers, NOW_MS)).toBe(ms);
});
