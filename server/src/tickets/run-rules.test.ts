import type { AnalysisRun } from '@firstword/shared/analysis';
import { processorMs } from '@firstword/testing/processor-time';
import { expect, test } from 'vitest';
import { reviewOf } from './run-rules.ts';

const reviewer = { id: 'a1', name: 'An agent' };

function review(proposed: string, sent: string) {
  const content = { reply: { text: proposed, language: 'en', sentences: [] } } as unknown as AnalysisRun['content'];
  return reviewOf({ content } as AnalysisRun, { kind: 'sent', text: sent }, reviewer, 5);
}

test('a reply sent unchanged is approved, and an edited one counts its changed characters', () => {
  expect(review('We refund it.', ' We refund it.\n')).toMatchObject({ verdict: 'approved', editDistance: 0 });
  expect(review('We refund it.', 'We refunded it.')).toMatchObject({ verdict: 'edited', editDistance: 2 });
  expect(review('kitten', 'sitting')).toMatchObject({ verdict: 'edited', editDistance: 3 });
});

test('an emoji counts as two characters, as everywhere in JavaScript strings', () => {
  expect(review('Done', 'Done 👍')).toMatchObject({ editDistance: 3 });
});

test('two long texts with nothing in common are compared within a second', () => {
  const ms = processorMs(() => {
    expect(review('one two '.repeat(500), 'three four '.repeat(360)).editDistance).toBeGreaterThan(0);
  });
  expect(ms).toBeLessThan(1000);
});
