import { expect, test } from 'vitest';
import type { Visit } from '../store/open-visits.ts';
import { bandOfVisit, isCompleted } from './visit-rules.ts';

const ANSWERED: Visit = {
  siteId: 'acme',
  startedAt: 0,
  firstTtftMs: 180,
  lastState: 'done',
  lastSeen: true,
  handedOff: false,
  resolved: false,
};

test.each<[string, Partial<Visit>, boolean]>([
  ['an answer that was seen and not followed up', {}, true],
  ['an answer that was rated up', { lastRating: 'up' }, true],
  ['an answer that was rated down', { lastRating: 'down' }, false],
  ['an answer that the visitor did not see', { lastSeen: false }, false],
  ['an answer that broke off', { lastState: 'interrupted' }, false],
  ['an answer that the visitor stopped', { lastState: 'stopped' }, false],
  ['a question whose answer never ended', { lastState: undefined }, false],
  ['a hand-off without an outcome', { handedOff: true }, false],
  ['a hand-off that an agent resolved', { handedOff: true, resolved: true, lastRating: 'down' }, true],
])('a visit that ends with %s: %j is completed: %s', (_name, changes, completed) => {
  expect(isCompleted({ ...ANSWERED, ...changes })).toBe(completed);
});

test('a visit belongs to the band of its first answer', () => {
  expect(bandOfVisit({ ...ANSWERED, firstTtftMs: 400 })).toBe('noticeable');
  expect(bandOfVisit({ ...ANSWERED, firstTtftMs: undefined })).toBe('unseen');
});
