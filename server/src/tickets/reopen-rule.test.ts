import { HAND_OFF_REASONS, type StoredVerdict } from '@firstword/shared/ticket';
import { describe, expect, test } from 'vitest';
import { continuesResolved } from './reopen-rule.ts';

const verdict = (more: Partial<StoredVerdict> = {}): StoredVerdict => ({
  handling: 'complex',
  reasons: ['model:complex'],
  sentiment: 'negative',
  topic: 'refund',
  ...more,
});
const COMPLAINTS = ['complex', 'low-confidence', 'negative-sentiment'] as const;

test.each(HAND_OFF_REASONS)(
  'after a resolution, a complaint "not solved" with reason %s reopens the ticket',
  (reason) => {
    expect(
      continuesResolved({ reason, verdict: verdict({ reasons: ['rule:legal', 'rule:not-solved'] }) }, undefined),
    ).toBe(true);
  },
);

test('a wish for an agent reopens the ticket, with any verdict or none', () => {
  expect(continuesResolved({ reason: 'visitor-request' }, undefined)).toBe(true);
  const content = verdict({ sentiment: 'positive', topic: 'delivery' });
  expect(continuesResolved({ reason: 'visitor-request', verdict: content }, verdict())).toBe(true);
});

describe.each(COMPLAINTS)('reason %s', (reason) => {
  test.each([
    ['an unhappy visitor, the same topic', verdict(), verdict(), true],
    ['an unhappy visitor, another topic', verdict({ topic: 'delivery' }), verdict(), false],
    ['an unhappy visitor, no topic then', verdict(), undefined, true],
    ['a calm visitor, the same topic', verdict({ sentiment: 'neutral' }), verdict(), false],
    ['no verdict of a model', undefined, verdict(), false],
  ] as const)('%s', (_, now, resolved, reopens) => {
    expect(continuesResolved({ reason, verdict: now }, resolved)).toBe(reopens);
  });
});

test.each(HAND_OFF_REASONS.filter((reason) => reason !== 'visitor-request' && !COMPLAINTS.some((c) => c === reason)))(
  'reason %s opens a new ticket, also with an unhappy visitor and the same topic',
  (reason) => {
    expect(continuesResolved({ reason, verdict: verdict() }, verdict())).toBe(false);
  },
);
