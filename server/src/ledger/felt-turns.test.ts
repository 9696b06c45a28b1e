import { expect, test } from 'vitest';
import type { FeltSample } from '../records/usage-record.ts';
import { createFeltTurns, type FeltTurn } from './felt-turns.ts';

const TURN: FeltTurn = {
  turnId: 't1',
  conversationId: 'c1',
  siteId: 'acme',
  region: 'asia',
  tier: 'fast',
  modelId: 'quick',
};

test('a report becomes one sample of the model that answered', () => {
  const waits: Omit<FeltSample, 'at'>[] = [];
  const turns = createFeltTurns((wait) => waits.push(wait));
  turns.opened(TURN);
  expect([turns.seen('c1', 't1', 210), turns.seen('c1', 't1', 1)]).toEqual([true, false]);
  expect(waits).toEqual([{ turnId: 't1', siteId: 'acme', region: 'asia', tier: 'fast', modelId: 'quick', ms: 210 }]);
});

test('a report for a turn of another conversation or an unknown turn is rejected', () => {
  const waits: Omit<FeltSample, 'at'>[] = [];
  const turns = createFeltTurns((wait) => waits.push(wait));
  turns.opened(TURN);
  expect([turns.seen('c2', 't1', 1), turns.seen('c1', 'invented', 1)]).toEqual([false, false]);
  expect(waits).toEqual([]);
});
